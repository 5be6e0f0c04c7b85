import { isIP } from "node:net";
import { placeOf } from "./db/address";
import type { Env } from "./env";

/** What is reached without a network: this machine's own names, addresses and sockets. */
const isHere = (host: string) =>
  host === "localhost" ||
  host.startsWith("/") ||
  /^\[?::1\]?$/.test(host) ||
  (isIP(host) === 4 && host.startsWith("127."));

const hostOf = (text: string) => new URL(text).hostname;
const settingOf = (text: string, name: string) => new URLSearchParams(text.split("?")[1]).get(name);

const ENCRYPTED_MODES: ReadonlySet<string | null> = new Set(["require", "verify-ca", "verify-full"]);

interface Address {
  readonly variable: keyof Env;
  /** Whether what it names is reached over a network without encryption. */
  inTheClear(text: string): boolean;
  readonly instead: string;
}

const database = (variable: keyof Env): Address => ({
  variable,
  inTheClear: (text) =>
    !ENCRYPTED_MODES.has(settingOf(text, "sslmode")) && !isHere(placeOf(text).replace(/:\d+\/[^/]*$/, "")),
  instead: "add ?sslmode=verify-full",
});

const beginning = (variable: keyof Env, protocol: string): Address => ({
  variable,
  inTheClear: (text) => !text.startsWith(protocol) && !isHere(hostOf(text)),
  instead: `begin it with ${protocol}//`,
});

const ADDRESSES: readonly Address[] = [
  database("DATABASE_URL"),
  database("DATABASE_MIGRATE_URL"),
  database("DATABASE_REPLICA_URL"),
  beginning("REDIS_URL", "rediss:"),
  {
    variable: "SMTP_URL",
    inTheClear: (text) =>
      !text.startsWith("smtps:") && settingOf(text, "requireTLS") !== "true" && !isHere(hostOf(text)),
    instead: "begin it with smtps://, or add ?requireTLS=true for STARTTLS",
  },
  beginning("PUBLIC_CONSOLE_URL", "https:"),
  beginning("PUBLIC_API_URL", "https:"),
];

interface Unencrypted {
  readonly variable: string;
  /** What helps, to follow the variable's name. */
  readonly instead: string;
}

/** The settings by which something leaves this machine, or comes to it, in the clear. Tells nothing secret. */
export function unencryptedSettings(env: Partial<Env>): Unencrypted[] {
  const addresses = ADDRESSES.flatMap(({ variable, inTheClear, instead }) => {
    const text = env[variable];
    return typeof text === "string" && inTheClear(text) ? [{ variable, instead }] : [];
  });
  const { METRICS_ADDRESS: metrics } = env;
  if (typeof metrics !== "object" || isHere(metrics.host)) return addresses;
  return [...addresses, { variable: "METRICS_ADDRESS", instead: "name an address of this machine alone, or off" }];
}
