import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { parseTrustProxy, type TrustProxy } from "./client-address";
import { setForwarded } from "./forwarded";

const CLAIMS = {
  forwarded: "for=198.51.100.9",
  "x-forwarded-for": "198.51.100.9, 198.51.100.1:1234",
  "x-forwarded-host": "evil.test",
  "x-forwarded-port": "1",
  "x-forwarded-proto": "http",
};

function forwarded(trust: string, publicUrl: string, headers: Record<string, string> = CLAIMS, peer = "10.0.0.1") {
  const request = { headers: { ...headers }, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  setForwarded(request, { trustProxy: parseTrustProxy(trust) as TrustProxy, publicUrl });
  return request.headers;
}

test("of a request that no trusted proxy has handed on, no claim is left", () => {
  const left = { "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" };
  expect(forwarded("off", "https://c.example")).toEqual(left);
  expect(forwarded("192.0.2.0/24", "https://c.example")).toEqual(left);
  expect(forwarded("off", "http://c.example", {})).toEqual({ ...left, "x-forwarded-proto": "http" });
});

test("a trusted proxy says who called, by which name and how; the caller's own entries count for nothing", () => {
  const said = {
    "x-forwarded-for": "198.51.100.1",
    "x-forwarded-host": "evil.test",
    "x-forwarded-port": "1",
    "x-forwarded-proto": "http",
  };
  expect(forwarded("on", "https://c.example")).toEqual(said);
  expect(forwarded("10.0.0.0/8", "https://c.example")).toEqual(said);
});

test("a proxy that does not say how it was reached was reached as the installation is", () => {
  const headers = { "x-forwarded-for": "198.51.100.1" };
  expect(forwarded("on", "https://c.example", headers)["x-forwarded-proto"]).toBe("https");
  const both = { ...headers, "x-forwarded-proto": "https, http" };
  expect(forwarded("2", "https://c.example", both)["x-forwarded-proto"]).toBe("https");
});

test("an address that nobody knows is empty, and nothing that is filled in later", () => {
  expect(forwarded("on", "http://c.example", { "x-forwarded-for": "unknown" })["x-forwarded-for"]).toBe("");
});
