import { describe, expect, test } from "vitest";
import { callerOf, cameInClear } from "./request";

test("who sends a request is an address or nobody known", () => {
  const ipOf = (forwarded: string | undefined) =>
    callerOf(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded })).ip;
  expect(ipOf("198.51.100.7")).toBe("198.51.100.7");
  // The console's HTTP server leaves one address or none; whatever else stands there was not left by it.
  for (const other of [undefined, "", "junk", "198.51.100.7, 198.51.100.8"]) expect(ipOf(other)).toBe("");
});

describe("a request came in clear although the console's address is https", () => {
  const inClear = (headers: Record<string, string>, url = "https://console.example.com") =>
    cameInClear(new Headers(headers), url);

  test("when the page that sent it says so, behind whatever proxy", () => {
    expect(inClear({ origin: "http://console.example.com", host: "127.0.0.1:3000" })).toBe(true);
    expect(inClear({ origin: "http://192.0.2.7:3000", host: "192.0.2.7:3000" })).toBe(true);
  });

  test("when the proxy says so", () => {
    expect(inClear({ host: "console.example.com", "x-forwarded-proto": "http" })).toBe(true);
  });

  test("and not when it came encrypted, stayed on one machine, or the console's address is http", () => {
    const encrypted = { origin: "https://console.example.com", "x-forwarded-proto": "https" };
    expect(inClear({ ...encrypted, host: "console.example.com" })).toBe(false);
    expect(inClear({ host: "localhost:3000", "x-forwarded-proto": "http" })).toBe(false);
    expect(inClear({ origin: "http://localhost:3000", host: "localhost:3000" })).toBe(false);
    expect(inClear({ origin: "null", host: "console.example.com" })).toBe(false);
    const open = { origin: "http://console.example.com", host: "console.example.com", "x-forwarded-proto": "http" };
    expect(inClear(open, "http://console.example.com")).toBe(false);
  });
});
