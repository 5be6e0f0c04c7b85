import { isIPv6 } from "node:net";
import type { Env } from "@/lib/env";

/** All of this machine's addresses. */
const EVERYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

/** What to tell whoever has just started it about who reaches the console and the service; null: other machines reach both. */
export function reachNote({ CONSOLE_HOST, SERVICE_HOST }: Pick<Env, "CONSOLE_HOST" | "SERVICE_HOST">): string | null {
  const closed = [
    ...(isLoopback(CONSOLE_HOST) ? [["the console", "CONSOLE_HOST=0.0.0.0"]] : []),
    ...(isLoopback(SERVICE_HOST) ? [["the service", "SERVICE_HOST=0.0.0.0"]] : []),
  ];
  if (closed.length === 0) return null;
  const [names, settings] = [0, 1].map((at) => closed.map((part) => part[at]).join(" and "));
  return `Only this machine reaches ${names}. To let other machines in, set ${settings}.`;
}

/** How this machine itself reaches what listens on `host` (CONSOLE_HOST, SERVICE_HOST), as it stands in an address. */
export function reachableHost(host: string): string {
  if (EVERYWHERE.has(host)) return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}
