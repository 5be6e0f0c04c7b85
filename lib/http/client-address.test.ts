import { describe, expect, test } from "vitest";
import { addressBlock, clientAddress, ipAddress, parseTrustProxy, type TrustProxy } from "./client-address";

const trusting = (text: string): TrustProxy => {
  const trust = parseTrustProxy(text);
  if (trust === null) throw new Error(`${text} is no TRUST_PROXY`);
  return trust;
};

describe("an entry as a proxy writes it is an address or nothing", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["  203.0.113.7\t", "203.0.113.7"],
    ["203.0.113.7:51234", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["", ""],
    ["unknown", ""],
    ["_hidden", ""],
    ["example.com", ""],
    ["203.0.113.7:999999", ""],
    ["203.0.113.7, 203.0.113.8", ""],
    ["203.0.113", ""],
    ["0x7f.1", ""],
    ["010.0.0.1", ""],
    ["[203.0.113.7", ""],
    ["2001:db8::1]:443", ""],
    ["203.0.113.7\n10.0.0.1", ""],
    ["1".repeat(10_000), ""],
  ])("%j", (entry, address) => {
    expect(ipAddress(entry)).toBe(address);
  });
});

describe("the client's address", () => {
  test("is the socket's while no proxy is trusted, whatever a header claims", () => {
    for (const claimed of [undefined, "", "198.51.100.1", "junk", "198.51.100.1, 198.51.100.2"]) {
      expect(clientAddress("::ffff:203.0.113.7", claimed, trusting("off"))).toBe("203.0.113.7");
    }
    expect(clientAddress(undefined, "198.51.100.1", trusting("off"))).toBe("");
  });

  test.each([
    ["on", "198.51.100.1", "198.51.100.1"],
    ["1", "forged, 198.51.100.1:4711", "198.51.100.1"],
    ["on", "198.51.100.1, ::ffff:198.51.100.2", "198.51.100.2"],
    ["2", "forged, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    // Not by way of the outer proxy.
    ["3", "198.51.100.1", "198.51.100.1"],
    // What the proxy itself has added is no address: whoever stands before it is not known.
    ["on", "198.51.100.1, unknown", ""],
    ["on", "198.51.100.1,", ""],
    ["on", "", "10.0.0.1"],
  ])("with TRUST_PROXY=%s and %j is %j", (trust, forwarded, address) => {
    expect(clientAddress("10.0.0.1", forwarded, trusting(trust))).toBe(address);
  });

  const networks = trusting("10.0.0.0/8, 2001:db8:1::/48, 192.0.2.1");
  test.each([
    ["10.0.0.1", "forged, 198.51.100.1", "198.51.100.1"],
    ["10.0.0.1", "forged, 198.51.100.1, 192.0.2.1, [2001:db8:1::7]:443", "198.51.100.1"],
    ["::ffff:10.0.0.1", "198.51.100.1, 10.9.9.9", "198.51.100.1"],
    // All of them proxies: the farthest one.
    ["10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    // Not from a proxy: the header is a claim.
    ["203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["10.0.0.1", "198.51.100.1, junk, 10.0.0.2", ""],
  ])("behind proxies of named networks, from %s with %j, is %j", (peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded, networks)).toBe(address);
  });
});

test.each([
  "yes",
  "-1",
  "21",
  "1.5",
  "10.0.0.0/33",
  "10.0.0.0/8,",
  "10.0.0.0/8 10.0.0.1",
  "::/129",
  "example.com",
  "10/8",
])("TRUST_PROXY=%s is refused", (text) => {
  expect(parseTrustProxy(text)).toBeNull();
});

test("an IPv6 host counts by its /64, in one spelling", () => {
  expect(addressBlock("203.0.113.7")).toBe("203.0.113.7");
  expect(addressBlock("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(addressBlock("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(addressBlock("")).toBe("");
});
