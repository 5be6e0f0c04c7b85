import ipaddr from "ipaddr.js";

/** A network: its address and how many bits of it count. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

const MAPPED_BITS = 96;

/** As `isIP` of Node.js, which no browser has: forms read networks too. */
function isAddress(text: string): boolean {
  if (!text.includes(":")) return ipaddr.IPv4.isValidFourPartDecimal(text);
  const end = text.slice(text.lastIndexOf(":") + 1);
  return ipaddr.IPv6.isValid(text) && (!end.includes(".") || ipaddr.IPv4.isValidFourPartDecimal(end));
}

/** One network, `10.0.0.0/8`, or an address; null: neither. IPv4 that is written in IPv6 is IPv4, as addresses of clients are. */
export function readNetwork(text: string): Network | null {
  const [address = "", length, ...more] = text.split("/");
  if (!isAddress(address) || address.includes("%") || more.length > 0) return null;
  const parsed = ipaddr.parse(address);
  const most = parsed.kind() === "ipv4" ? 32 : 128;
  if (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= most)) return null;
  const bits = length === undefined ? most : Number(length);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && bits >= MAPPED_BITS) {
    return [parsed.toIPv4Address(), bits - MAPPED_BITS];
  }
  return [parsed, bits];
}

/** Networks and addresses on lines or with commas between them, as they were written; null: one of them is none. */
export function parseNetworks(text: string): readonly string[] | null {
  const parts = text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return parts.every((part) => readNetwork(part) !== null) ? parts : null;
}

/** Whether an IP address, in its one spelling, lies in one of the networks; "" lies in none. */
export function isWithin(address: string, networks: readonly Network[]): boolean {
  if (!isAddress(address)) return false;
  const parsed = ipaddr.parse(address);
  return networks.some(([network, length]) => network.kind() === parsed.kind() && parsed.match(network, length));
}
