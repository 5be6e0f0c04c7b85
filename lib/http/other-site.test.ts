import { describe, expect, test } from "vitest";
import { comesFromOtherSite } from "./other-site";

const PUBLIC = "https://console.example.com";
const ask = (method: string, headers: Record<string, string>, url = "/apps") =>
  comesFromOtherSite({ method, url, headers: { host: "10.0.0.5:3000", ...headers } }, PUBLIC);

describe("a request that changes something", () => {
  test.each([
    ["of the console's own page", { "sec-fetch-site": "same-origin", origin: "http://10.0.0.5:3000" }],
    ["of a page at its public address", { "sec-fetch-site": "same-origin", origin: PUBLIC }],
    ["of a browser that says only the origin", { origin: PUBLIC }],
    ["through a proxy that says the name", { origin: "https://c.test", "x-forwarded-host": "c.test" }],
    ["of a program, which says neither", {}],
  ])("%s goes on", (_what, headers) => {
    expect(ask("POST", headers)).toBe(false);
  });

  test.each([
    ["of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["of another site without an origin", { "sec-fetch-site": "cross-site" }],
    ["of another host of the same site", { "sec-fetch-site": "same-site", origin: "https://other.example.com" }],
    ["of nobody's page", { "sec-fetch-site": "none" }],
    ["of a file", { origin: "file://" }],
    ["of a sandbox", { "sec-fetch-site": "cross-site", origin: "null" }],
    ["of a sandbox, said by an old browser", { origin: "null" }],
    ["of another port", { origin: "http://10.0.0.5:9999" }],
    [
      "that another site navigates to",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    ],
  ])("%s is refused", (_what, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect(ask(method, headers)).toBe(true);
  });
});

describe("a request that reads", () => {
  test("follows a link from anywhere", () => {
    const followed = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect(ask("GET", { "sec-fetch-site": "cross-site", ...followed })).toBe(false);
    expect(ask("GET", { "sec-fetch-site": "none", ...followed })).toBe(false);
  });

  test("is not another site's picture, script, frame or call", () => {
    for (const dest of ["image", "script", "iframe", "empty", "object"]) {
      const mode = dest === "iframe" || dest === "object" ? "navigate" : "no-cors";
      expect(ask("GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest })).toBe(true);
    }
  });
});

test("doors whose calls prove themselves do not ask who sends them", () => {
  for (const url of ["/v4/user/get", "/api/console/v1/apps"]) {
    expect(ask("POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, url)).toBe(false);
  }
});
