import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPath } from "./next-path";

describe("nextPath", () => {
  test("a path of the console is kept with its query", () => {
    expect(nextPath("/apps/app-1/development/users?q=ali&cursor=x")).toBe(
      "/apps/app-1/development/users?q=ali&cursor=x",
    );
  });

  test.each([
    undefined,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/./\t/evil.example",
    "javascript:alert(1)",
    "users",
  ])("%j leads home", (next) => {
    expect(nextPath(next)).toBe("/");
  });

  test("pages that only a signed-out browser needs, and endpoints, lead home", () => {
    for (const next of ["/sign-in", "/sign-in?next=/apps", "/setup?secret=x", "/invite/abc", "/api/health"]) {
      expect(nextPath(next)).toBe("/");
    }
  });

  test("whatever is given, a browser stays on the console's origin", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((s) => `/${s}`),
          fc.string().map((s) => `//${s}`),
        ),
        (next) => {
          expect(new URL(nextPath(next), "https://console.example").origin).toBe("https://console.example");
        },
      ),
    );
  });
});
