import ipaddr from "ipaddr.js";

/** Where a name server may translate to: the IPv4 address in the last four bytes is the one that is reached. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");
/** The only part of IPv6 that is given out to be reached by everybody. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

function isPublicV4(address: ipaddr.IPv4): boolean {
  return address.range() === "unicast";
}

/**
 * Whether an IP address belongs to the public internet. False for loopback, private, link-local, carrier-grade NAT,
 * multicast, unspecified, reserved and documentation ranges, for what embeds one of those in IPv6 (mapped, NAT64), for
 * the tunnels 6to4 and Teredo, and for text that is no address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return isPublicV4(address);
  const v6 = address as ipaddr.IPv6;
  if (v6.zoneId !== undefined && v6.zoneId !== "") return false;
  if (v6.isIPv4MappedAddress()) return isPublicV4(v6.toIPv4Address());
  if (v6.match(NAT64)) return isPublicV4(new ipaddr.IPv4(v6.toByteArray().slice(12)));
  return v6.match(GLOBAL_UNICAST) && v6.range() === "unicast";
}
