import { expect, test } from "vitest";
import { knownHosts, parseAllowedHosts } from "./known-hosts";

const socket = { localAddress: "::ffff:192.0.2.10" };
const addresses = ["https://Console.example.com", "https://api.example.com:8443"];

test.each([
  ["console.example.com", true],
  ["CONSOLE.example.com.", true],
  // The port is the proxy's own affair.
  ["console.example.com:3000", true],
  ["api.example.com", true],
  ["localhost:3000", true],
  ["console.localhost", true],
  ["127.0.0.1:3000", true],
  ["127.1.2.3", true],
  ["[::1]:3000", true],
  // The address that the request came in at, for which no name server was asked.
  ["192.0.2.10:3000", true],
  ["192.0.2.11", false],
  ["example.com", false],
  ["evil.console.example.com", false],
  ["console.example.com.evil.test", false],
  ["localhost.evil.test", false],
  ["127.0.0.1.evil.test", false],
  ["console.example.com@evil.test", false],
  ["console.example.com:3000:3000", false],
  ["console.example.com/..", false],
  ["", false],
  [undefined, false],
])("Host %j is one of the installation's: %j", (host, known) => {
  expect(knownHosts(addresses, []).includes(host, socket)).toBe(known);
});

test("names are added one by one, all below one, or any", () => {
  const includes = (allowed: string, host: string) =>
    knownHosts(addresses, parseAllowedHosts(allowed) ?? []).includes(host, socket);
  expect(includes("im-service, Other.example.org", "other.example.org:3001")).toBe(true);
  expect(includes("im-service, Other.example.org", "im-service:3001")).toBe(true);
  expect(includes(".example.org", "a.b.example.org")).toBe(true);
  expect(includes(".example.org", "example.org")).toBe(false);
  expect(includes(".example.org", "notexample.org")).toBe(false);
  expect(includes("*", "whatever.test")).toBe(true);
  expect(includes("*", "no name at all")).toBe(false);
});
