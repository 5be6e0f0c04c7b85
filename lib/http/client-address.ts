import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { isWithin, type Network, readNetwork } from "../networks";

/**
 * Whose entries of `X-Forwarded-For` are believed: nobody's, those of so many proxies in front, or those of proxies whose own
 * addresses lie in these networks.
 */
export type TrustProxy =
  | { readonly kind: "off" }
  | { readonly kind: "hops"; readonly hops: number }
  | { readonly kind: "networks"; readonly networks: readonly Network[] };

const MOST_HOPS = 20;

/** `off`, `on` (one proxy), a number of proxies, or networks and addresses with commas between them; null: none of these. */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (text === "off") return { kind: "off" };
  if (text === "on") return { kind: "hops", hops: 1 };
  if (/^\d+$/.test(text)) {
    const hops = Number(text);
    if (hops > MOST_HOPS) return null;
    return hops === 0 ? { kind: "off" } : { kind: "hops", hops };
  }
  const networks: Network[] = [];
  for (const part of text.split(",")) {
    const network = readNetwork(part.trim());
    if (network === null) return null;
    networks.push(network);
  }
  return { kind: "networks", networks };
}

/**
 * An IP address in its one spelling, from an entry as proxies write it: with or without a port, IPv6 in brackets or not, IPv4
 * in IPv6. "" for what is none.
 */
export function ipAddress(entry: string): string {
  const known = spelled.get(entry);
  if (known !== undefined) return known;
  const address = spell(entry);
  if (entry.length > MAX_KEPT_LENGTH) return address;
  if (spelled.size >= MAX_KEPT) spelled.clear();
  spelled.set(entry, address);
  return address;
}

/** Of the last entries, since the same clients call again and again, and each request asks. */
const spelled = new Map<string, string>();
const MAX_KEPT = 2_000;
const MAX_KEPT_LENGTH = 64;

function spell(entry: string): string {
  const text = entry.trim();
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  const bare = bracketed ?? text.replace(/^([\d.]+):\d{1,5}$/, "$1");
  if (isIP(bare) === 0) return "";
  // `process` gives the IPv4 address of one that is written in IPv6. The zone says nothing elsewhere.
  return ipaddr.process(bare.replace(/%.*$/, "")).toString();
}

/**
 * The client's address by the one rule of every door: the other end of the socket or, where that is a proxy that is trusted, what
 * the trusted proxies have added to `X-Forwarded-For`. "" when that is no IP address.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, trust: TrustProxy): string {
  const socketAddress = ipAddress(peer ?? "");
  if (trust.kind === "off" || forwardedFor === undefined || forwardedFor.trim() === "") return socketAddress;
  const entries = forwardedFor.split(",");
  if (trust.kind === "hops") return ipAddress(entries[Math.max(0, entries.length - trust.hops)] ?? "");
  let client = socketAddress;
  for (let at = entries.length - 1; at >= 0 && isWithin(client, trust.networks); at -= 1) {
    client = ipAddress(entries[at] ?? "");
  }
  return client;
}

/** The client's address of a request of Node's HTTP server. */
export function clientAddressOf({ socket, headers }: IncomingMessage, trust: TrustProxy): string {
  // Node joins repeated headers of this name with commas.
  return clientAddress(socket.remoteAddress, headers["x-forwarded-for"] as string | undefined, trust);
}

/** The client's port, where its address is the other end of the socket; 0 where a proxy stands between. */
export function clientPortOf({ socket }: IncomingMessage, address: string): number {
  return address !== "" && ipAddress(socket.remoteAddress ?? "") === address ? (socket.remotePort ?? 0) : 0;
}

/** Whether the other end of the socket is a proxy whose `X-Forwarded-…` headers are believed. */
export function isFromProxy({ socket }: IncomingMessage, trust: TrustProxy): boolean {
  if (trust.kind === "networks") return isWithin(ipAddress(socket.remoteAddress ?? ""), trust.networks);
  return trust.kind === "hops";
}

/** What counts as one client where clients are counted: an IPv4 address, or the /64 that an IPv6 host has to itself. */
export function addressBlock(address: string): string {
  if (isIP(address) !== 6) return address;
  const bytes = ipaddr.parse(address).toByteArray();
  return `${ipaddr.fromByteArray([...bytes.slice(0, 8), ...new Array<number>(8).fill(0)]).toString()}/64`;
}
