import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { isPublicAddress } from "./address-rules";
import { OutboundError } from "./outbound";

/** Gives every address of a name, in the order in which they are to be tried. Rejects when it has none. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<string[]>;

/**
 * Asks the name servers themselves. The system's own look-up runs on one of four threads that the whole process shares,
 * where a name server that never answers would hold up everybody's; this one waits without a thread, and can be ended.
 * `servers` (address:port) instead of the machine's own: for tests.
 */
export function publicResolver(servers?: readonly string[]): Resolve {
  return async (hostname, signal) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
      const found = [v4, v6].flatMap((result) => (result.status === "fulfilled" ? result.value : []));
      if (found.length === 0 && v4.status === "rejected") throw v4.reason;
      return found;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}

/** As the machine sees names: hosts file, search domains and all. For installations whose receivers stand beside them. */
export const resolveAsSystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** The host of a URL as the network layer takes it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
}

/** What a way out may reach, and how it looks names up. */
interface Rules {
  readonly resolve: Resolve;
  readonly allowPrivate: boolean;
  /** See `OutboundOptions`. */
  readonly hosts?: readonly string[] | undefined;
  readonly encrypted?: boolean | undefined;
}

const isNamed = (host: string, names: readonly string[]) =>
  names.some((name) => name === "*" || name === host || (name.startsWith(".") && host.endsWith(name)));

/**
 * The addresses of a URL's host, none of which is forbidden: a single private one among public ones refuses them all,
 * since nobody has an honest reason to mix them. Throws `OutboundError`.
 */
export async function checkedAddresses(url: URL, rules: Rules, signal: AbortSignal): Promise<string[]> {
  const host = hostOf(url);
  if (rules.encrypted && url.protocol !== "https:") {
    throw new OutboundError(
      "host",
      "This installation sends nothing by http (REQUIRE_TLS): the address must begin with https://.",
    );
  }
  if (rules.hosts !== undefined && !isNamed(url.hostname.replace(/\.$/, ""), rules.hosts)) {
    throw new OutboundError(
      "host",
      `This installation does not talk to ${host}: OUTBOUND_HOSTS names those it talks to.`,
    );
  }
  // Every machine takes this name for itself (RFC 6761); name servers need not know it.
  if (!rules.allowPrivate && /(^|\.)localhost\.?$/.test(host)) throw notPublic(host, "127.0.0.1");
  const addresses = isIP(host) === 0 ? await resolved(host, rules.resolve, signal) : [host];
  const refused = rules.allowPrivate ? undefined : addresses.find((address) => !isPublicAddress(address));
  if (refused !== undefined) throw notPublic(host, refused);
  return addresses;
}

function notPublic(host: string, address: string): OutboundError {
  const leads = address === host ? `The address ${host}` : `The name ${host} leads to ${address}, which`;
  return new OutboundError("address", `${leads} is not on the public internet.`);
}

async function resolved(host: string, resolve: Resolve, signal: AbortSignal): Promise<string[]> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // Whoever loses the race must not count as unhandled.
  aborted.catch(() => {});
  let addresses: string[] = [];
  let cause: unknown;
  try {
    addresses = await Promise.race([resolve(host, signal), aborted]);
  } catch (error) {
    if (signal.aborted) throw new OutboundError("timeout", `The name ${host} could not be looked up in time.`);
    cause = error;
  }
  if (addresses.length === 0) throw new OutboundError("name", `The name ${host} leads to no address.`, { cause });
  return addresses;
}
