import { ipAddress } from "./client-address";

/** Which names an installation goes by. */
export interface KnownHosts {
  /** `host`: a request's header of that name. `socket`: the one that it came by. */
  includes(host: string | undefined, socket: { readonly localAddress?: string | undefined }): boolean;
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
const HOST = /^(\[[\da-f:.]+\]|[a-z\d._-]+?)\.?(?::\d{1,5})?$/i;
/** Anybody may send any number of names below a suffix that is allowed. */
const MAX_KEPT = 100;
const ALLOWED = /^(?:\*|\.?[a-z\d_-]+(?:\.[a-z\d_-]+)*|\[[\da-f:.]+\])$/;

/** Names with commas between them: whole ones, `.example.com` for all below one, `*` for any. null: one of them is none. */
export function parseAllowedHosts(text: string): readonly string[] | null {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  return names.every((name) => ALLOWED.test(name)) ? names : null;
}

/** The name in a Host header without its port, in lower case; "" when there is none. */
const nameOf = (host: string | undefined): string => HOST.exec(host ?? "")?.[1]?.toLowerCase() ?? "";

/** Whether a Host means the machine of whoever uses it, which no name server can say of another one. */
export const isLoopbackHost = (host: string | undefined): boolean => LOOPBACK.test(nameOf(host));

/**
 * The names that the configured addresses have, this machine's own, the address that a request came in at, and those that the
 * operator of the installation adds (`parseAllowedHosts`). A page of another name would run with what a browser keeps for that
 * name, or lead a browser here by a name that it was told to resolve so.
 */
export function knownHosts(addresses: readonly string[], allowed: readonly string[]): KnownHosts {
  const names = new Set([...addresses.map((address) => nameOf(new URL(address).host)), ...allowed]);
  const suffixes = allowed.filter((name) => name.startsWith("."));
  const any = names.has("*");
  // As clients spell them, with their ports: the few that are known, since each request asks.
  const known = new Set<string>();
  const isKnown = (name: string): boolean =>
    any || names.has(name) || LOOPBACK.test(name) || suffixes.some((suffix) => name.endsWith(suffix));
  return {
    includes(host, socket) {
      if (host !== undefined && known.has(host)) return true;
      const name = nameOf(host);
      if (name === "") return false;
      if (isKnown(name)) {
        if (host !== undefined && known.size < MAX_KEPT) known.add(host);
        return true;
      }
      const address = ipAddress(name);
      return address !== "" && address === ipAddress(socket.localAddress ?? "");
    },
  };
}
