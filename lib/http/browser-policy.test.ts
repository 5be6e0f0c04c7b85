import { describe, expect, test } from "vitest";
import { browserPolicy, forgetting, newNonce } from "./browser-policy";

const policy = (over: Partial<Parameters<typeof browserPolicy>[0]> = {}) =>
  browserPolicy({ apiUrl: "http://localhost:3001", dev: false, ...over });

const directives = (text: string) =>
  new Map(text.split("; ").map((part) => [part.split(" ", 1)[0], part.split(" ").slice(1)]));

describe("the policy of a page", () => {
  test("runs scripts by the answer's nonce alone, and loads nothing from elsewhere", () => {
    const page = directives(policy().policyOf("/apps", "bm9uY2U="));
    expect(page.get("script-src")).toEqual(["'nonce-bm9uY2U='", "'strict-dynamic'"]);
    expect(page.get("default-src")).toEqual(["'none'"]);
    expect(page.get("img-src")).toEqual(["'self'", "data:"]);
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) expect(page.get(name)).toEqual(["'none'"]);
    expect(page.get("form-action")).toEqual(["'self'"]);
  });

  test("connects to itself and, for the test client, to the service", () => {
    const to = (apiUrl: string) => directives(policy({ apiUrl }).policyOf("/", "n")).get("connect-src");
    expect(to("http://localhost:3001")).toEqual(["'self'", "ws://localhost:3001"]);
    expect(to("https://im.example.com/chat")).toEqual(["'self'", "wss://im.example.com"]);
  });

  test("compiles in the browser with reload alone", () => {
    expect(policy({ dev: true }).policyOf("/", "n")).toContain("'unsafe-eval'");
    expect(policy().policyOf("/", "n")).not.toContain("'unsafe-eval'");
  });
});

test("data can do nothing when it is opened as a page", () => {
  for (const path of ["/api/apps/a/development/quota", "/v4/user/get"]) {
    const data = directives(policy().policyOf(path, "n"));
    expect([data.get("default-src"), data.has("sandbox"), data.has("script-src")]).toEqual([["'none'"], true, false]);
    expect(data.get("frame-ancestors")).toEqual(["'none'"]);
  }
});

test("no other site opens, embeds or is told of an answer", () => {
  expect(Object.fromEntries(policy().headers)).toMatchObject({
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
  });
});

test("a nonce is new each time and has no character with a meaning in a policy", () => {
  const nonces = Array.from({ length: 100 }, newNonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z\d+/]{22}==$/);
});

test("what was kept of a session is forgotten on the page behind its end", () => {
  expect(forgetting("/sign-in?next=%2Fapps&reason=idle")).toEqual(["Clear-Site-Data", '"cache"']);
  expect(forgetting("/sign-in?reason=signed-out")).not.toBeNull();
  for (const url of ["/sign-in", "/sign-in?next=%2Fapps%3Freason%3Didle", "/apps?reason=idle"]) {
    expect(forgetting(url)).toBeNull();
  }
});
