import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { isWithin, parseNetworks, readNetwork } from "../networks";
import { allowFrom } from "./allow-from";
import { parseTrustProxy } from "./client-address";

const log = pino({ level: "silent" });
const trusting = (text: string) => {
  const trust = parseTrustProxy(text);
  if (trust === null) throw new Error(text);
  return trust;
};

const request = (remoteAddress: string, url = "/apps", forwarded?: string) =>
  ({
    url,
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

const opening = (texts: readonly string[], trust = "off") =>
  allowFrom({ read: async () => texts, trustProxy: trusting(trust), log });

describe("an address is let in when it lies in a network", () => {
  test.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["::ffff:10.0.0.0/104", "10.9.9.9", true],
    ["::ffff:10.0.0.0/104", "::ffff:10.9.9.9", true],
    ["::ffff:203.0.113.7", "203.0.113.7", true],
    ["::/0", "10.0.0.1", false],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["0.0.0.0/0", "203.0.113.7", true],
    ["2001:db8::/32", "2001:db8:1::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:DB8::1", "2001:db8:0::1", true],
    ["fe80::/10", "fe80::1%eth0", true],
    ["10.0.0.0/8", "", false],
    ["10.0.0.0/8", "junk", false],
  ])("%s and %j: %j", async (network, address, open) => {
    const refusal = await opening([network])(request(address));
    expect(refusal === null).toBe(open);
    if (refusal !== null) expect(refusal.status).toBe(403);
  });

  test("any, where none is named", async () => {
    for (const address of ["203.0.113.7", "2001:db8::1", ""]) expect(await opening([])(request(address))).toBeNull();
  });
});

describe("the address is the one of every door", () => {
  test.each([
    ["off", "203.0.113.7", "10.0.0.1", false],
    ["off", "10.0.0.1", "203.0.113.7", true],
    ["on", "192.0.2.1", "10.0.0.1", true],
    ["on", "192.0.2.1", "10.0.0.1, 203.0.113.7", false],
    ["on", "10.0.0.2", "unknown", false],
    ["2", "192.0.2.1", "203.0.113.7, 10.0.0.1, 192.0.2.2", true],
    ["192.0.2.0/24", "192.0.2.1", "10.0.0.1", true],
    // Not from the proxy: what it claims counts nothing.
    ["192.0.2.0/24", "203.0.113.7", "10.0.0.1", false],
  ])("TRUST_PROXY=%s, from %s with X-Forwarded-For %j: %j", async (trust, peer, forwarded, open) => {
    expect((await opening(["10.0.0.0/8"], trust)(request(peer, "/", forwarded))) === null).toBe(open);
  });
});

test("the Server API is open to any; health to this machine; nothing that looks like them", async () => {
  const check = opening(["10.0.0.0/8"]);
  for (const url of ["/v4/user/register.json", "/v4"]) expect(await check(request("203.0.113.7", url))).toBeNull();
  for (const url of ["/healthz", "/readyz"]) {
    expect(await check(request("127.0.0.1", url))).toBeNull();
    expect(await check(request("::1", url))).toBeNull();
    expect(await check(request("203.0.113.7", url))).toMatchObject({ status: 403 });
  }
  for (const url of ["/v4x", "/api/console/v1/apps", "/_next/static/x.js", "/healthz/x", "//v4/", "/V4/", "/sign-in"]) {
    expect([url, await check(request("127.0.0.1", url))]).toEqual([url, expect.objectContaining({ status: 403 })]);
  }
});

test("a change acts within two seconds; what cannot be read leaves what was read, and lets nobody in before", async () => {
  let texts: readonly string[] | Error = new Error("the database is away");
  let now = 1_000_000;
  let reads = 0;
  const read = async () => {
    reads += 1;
    if (texts instanceof Error) throw texts;
    return texts;
  };
  const check = allowFrom({ read, trustProxy: trusting("off"), log, now: () => now });
  const from = (address: string) => check(request(address));
  expect(await from("10.0.0.1")).toMatchObject({ status: 503 });
  texts = ["10.0.0.0/8"];
  expect(await Promise.all([from("10.0.0.1"), from("10.0.0.2"), from("11.0.0.1")])).toEqual([
    null,
    null,
    { status: 403, text: "This console is not open to your address (11.0.0.1)." },
  ]);
  expect(reads).toBe(2);
  texts = [];
  expect(await from("11.0.0.1")).toMatchObject({ status: 403 });
  now += 2_000;
  expect(await from("11.0.0.1")).toBeNull();
  texts = new Error("the database is away");
  now += 2_000;
  expect(await from("11.0.0.1")).toBeNull();
});

test("a database that is silent holds nobody up once the networks are known, and is asked once", async () => {
  let now = 1_000_000;
  let reads = 0;
  const read = (): Promise<readonly string[]> => {
    reads += 1;
    return reads === 1 ? Promise.resolve(["10.0.0.0/8"]) : new Promise(() => {});
  };
  const check = allowFrom({ read, trustProxy: trusting("off"), log, now: () => now });
  await check(request("10.0.0.1"));
  now += 2_000;
  const answers = await Promise.all([check(request("10.0.0.1")), check(request("11.0.0.1"))]);
  expect(answers).toEqual([null, expect.objectContaining({ status: 403 })]);
  expect(reads).toBe(2);
});

test("over a real connection, by IPv4 and IPv6", async () => {
  const check = opening(["127.0.0.1"]);
  const server = createServer((incoming, response) => {
    void check(incoming).then((refusal) => response.writeHead(refusal?.status ?? 200).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "::", resolve));
  const { port } = server.address() as AddressInfo;
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  expect((await fetch(`http://[::1]:${port}/`)).status).toBe(403);
  server.closeAllConnections();
  server.close();
});

test.each(["10.0.0.0/33", "example.com", "10.0.0", "::/129", "fe80::1%eth0", "10.0.0.0/8/8", "*"])(
  "%s is no network",
  (text) => {
    expect(readNetwork(text)).toBeNull();
    expect(parseNetworks(`10.0.0.1\n${text}`)).toBeNull();
    expect(isWithin(text, [])).toBe(false);
  },
);
