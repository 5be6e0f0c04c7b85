import { isIP } from "node:net";
import { z } from "zod";
import { addressProblem } from "./db/address";
import { onOff, parsed } from "./env-values";
import { parseTrustProxy } from "./http/client-address";
import { parseAllowedHosts } from "./http/known-hosts";
import { ISSUER_VARIABLES, requireWholeIssuer } from "./issuer-variables";
import { parseNetworks } from "./networks";
import { unencryptedSettings } from "./unencrypted";

/**
 * The only reader of `process.env`. Everything else receives an `Env` or values taken from it.
 *
 * Each variable has a default and a line in `.env.example`; a wrong value stops the start with the variable's name.
 */

const port = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .transform((text, ctx) => {
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= 1 && value <= 65535) return value;
      ctx.addIssue({ code: "custom", message: `must be a port number from 1 to 65535, not "${text}"` });
      return z.NEVER;
    });

const url = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      const protocol = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : "";
      return protocols.includes(protocol);
    },
    { message: `must be an address that starts with ${protocols.map((p) => `${p}://`).join(" or ")}` },
  );

const databaseUrl = z.string().superRefine((text, ctx) => {
  const message = addressProblem(text);
  if (message !== null) ctx.addIssue({ code: "custom", message });
});

/** Paths of the console begin at the root of its address, and so do those of the gateway. */
const siteUrl = url("http", "https").refine((text) => !URL.canParse(text) || isSite(new URL(text)), {
  message:
    "must be an address without a path, such as https://console.example.com: give it a name or a port of its own",
});

const isSite = ({ pathname, search, hash }: URL) => pathname.replaceAll("/", "") === "" && search === "" && hash === "";

const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .default(String(fallback))
    .transform((text, ctx) => {
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= min && value <= max) return value;
      ctx.addIssue({ code: "custom", message: `must be a whole number from ${min} to ${max}, not "${text}"` });
      return z.NEVER;
    });

/** An address of this machine to listen on, or a name of one. */
const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text), {
    message: "must be an address of this machine, such as 127.0.0.1, 0.0.0.0 (all of them) or ::",
  })
  .default("127.0.0.1");

/** "host:port", a port alone on this machine, or off. */
const listenAddress = z.string().transform((text, ctx) => {
  if (text === "off") return text;
  const address = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  const number = Number(address?.[2]);
  const host = address?.[1]?.replace(/^\[(.*)\]$/, "$1") ?? "127.0.0.1";
  if (address !== null && number >= 1 && number <= 65535) return { host, port: number };
  ctx.addIssue({ code: "custom", message: `must be an address like 127.0.0.1:9464, or off, not "${text}"` });
  return z.NEVER;
});

const EnvSchema = z
  .object({
    CONSOLE_PORT: port(3000),
    SERVICE_PORT: port(3001),
    /** Where the two listen; loopback is this machine alone. */
    CONSOLE_HOST: host,
    SERVICE_HOST: host,
    /** Networks that the console is open to, instead of those that owners have set there; unset: what they have set. */
    CONSOLE_ALLOW_FROM: parsed(parseNetworks, "networks or addresses with commas between them").optional(),
    /** Further names that the installation is reached by, as in Host: `name`, `.example.com` for all below, `*` for any. */
    ALLOWED_HOSTS: parsed(parseAllowedHosts, "names with commas between them, or *").default([]),
    /** Tell browsers to use nothing but https at the console's and the service's subdomains as well. */
    HSTS_SUBDOMAINS: onOff("off"),
    /** Start only where everything that crosses a network is encrypted, and send nothing out by http. */
    REQUIRE_TLS: onOff("off"),
    /** Folder of the embedded database and the generated master key; relative to the checkout. */
    DATA_DIR: z.string().min(1, "must name a folder").default(".data"),
    /** Unset: the embedded PostgreSQL. */
    DATABASE_URL: databaseUrl.optional(),
    /** The role that owns the tables there, where DATABASE_URL has another: for the launcher and the command line. */
    DATABASE_MIGRATE_URL: databaseUrl.optional(),
    /** A streaming standby of DATABASE_URL, where the console reads what it only shows. Unset: nowhere but at DATABASE_URL. */
    DATABASE_REPLICA_URL: databaseUrl.optional(),
    /** Unset: processes tell each other through the database. */
    REDIS_URL: url("redis", "rediss").optional(),
    /** 32 bytes as base64 or 64 hexadecimal digits. Unset: generated once in DATA_DIR. */
    MASTER_KEY: z
      .string()
      .refine((text) => /^[0-9a-fA-F]{64}$/.test(text) || /^[A-Za-z0-9+/_-]{43}=?$/.test(text), {
        message: "must be 32 bytes, as 64 hexadecimal digits or as base64",
      })
      .optional(),
    /** Seals the secrets in a backup. */
    BACKUP_PASSPHRASE: z.string().min(12, "must have at least 12 characters").optional(),
    PUBLIC_CONSOLE_URL: siteUrl.optional(),
    PUBLIC_API_URL: siteUrl.optional(),
    LOG_LEVEL: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
        message: "must be trace, debug, info, warn, error, fatal or silent",
      })
      .default("info"),
    OWNER_EMAIL: z.email("must be an e-mail address").optional(),
    /** Whether it is hard enough to guess is asked when the owner is made, and only then: it may stand here for years. */
    OWNER_PASSWORD: z.string().min(10, "must have at least 10 characters").optional(),
    /** Refuse a signed request that was seen before (contract section 1.2). */
    REPLAY_PROTECTION: onOff("on"),
    /** Per App Key and endpoint. Off only for benchmarks. */
    RATE_LIMITS: onOff("on"),
    /** Let webhooks reach loopback, private and other addresses that are not on the public internet. */
    WEBHOOK_ALLOW_PRIVATE: onOff("off"),
    /** The only hosts that webhooks, pictures and the audit log's stream may go to, as in ALLOWED_HOSTS; unset: any. */
    OUTBOUND_HOSTS: parsed(parseAllowedHosts, "names with commas between them, or *").optional(),
    /** Whether the console fetches and shows the pictures that profiles name; off: initials alone. */
    AVATARS: onOff("on"),
    /** Let tokens of owners sign in test operators without a password, in Development (docs/decisions/0081). */
    TEST_OPERATORS: onOff("off"),
    /** How far a request's Timestamp may be from the server's clock; 0 means "do not check". */
    TIMESTAMP_TOLERANCE_SECONDS: wholeNumber(300, 0, 86_400),
    /** Sockets that clients of one address may open in a second, on average over ten, at each process; 0: any number. */
    CONNECTS_PER_ADDRESS: wholeNumber(100, 0, 1_000_000),
    /** Whose entries of X-Forwarded-For are believed: how many reverse proxies there are, or where they stand. */
    TRUST_PROXY: parsed(parseTrustProxy, "off, on (one proxy), their number, or networks like 10.0.0.0/8").default({
      kind: "off",
    }),
    /** How long a soft-deleted user cannot be restored (contract section 8.3). */
    RESTORE_AFTER_MINUTES: wholeNumber(60, 0, 525_600),
    /** Processes of the service on its port; 0: one for every two processors, at most 4 (one with reload). */
    SERVICE_WORKERS: wholeNumber(0, 0, 64),
    /** Connections to PostgreSQL that each process may hold. */
    DATABASE_POOL_SIZE: wholeNumber(10, 2, 200),
    /** Where the service serves Prometheus metrics. Unset: 127.0.0.1:9464, unless that is taken. */
    METRICS_ADDRESS: listenAddress.optional(),
    /** A file to which the service appends the audit log as JSON lines; "-" is its standard output. */
    AUDIT_STREAM_FILE: z.string().optional(),
    ...ISSUER_VARIABLES,
    /** The mail server. Unset: no e-mail is sent. */
    SMTP_URL: url("smtp", "smtps").optional(),
    /** Whom mails come from: an address, or a name with one in angle brackets. */
    MAIL_FROM: z.string().optional(),
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  })
  .refine((env) => (env.OWNER_EMAIL === undefined) === (env.OWNER_PASSWORD === undefined), {
    path: ["OWNER_EMAIL"],
    message: "OWNER_EMAIL and OWNER_PASSWORD must be set together",
  })
  .refine((env) => env.DATABASE_REPLICA_URL === undefined || env.DATABASE_URL !== undefined, {
    path: ["DATABASE_REPLICA_URL"],
    message: "needs DATABASE_URL: the embedded database has no standby",
  })
  .refine((env) => (env.SMTP_URL === undefined) === (env.MAIL_FROM === undefined), {
    path: ["SMTP_URL"],
    message: "SMTP_URL and MAIL_FROM must be set together",
  })
  .refine((env) => env.DATABASE_MIGRATE_URL === undefined || env.DATABASE_URL !== undefined, {
    path: ["DATABASE_MIGRATE_URL"],
    message: "needs DATABASE_URL beside it, the address of the role of the running product",
  })
  .check(requireWholeIssuer);

/** The names of all settings. */
export const ENV_VARIABLES: readonly string[] = Object.keys(EnvSchema.shape);

type ParsedEnv = z.output<typeof EnvSchema>;

export interface Env extends ParsedEnv {
  /** Where operators' browsers reach the console, without a trailing slash. */
  readonly PUBLIC_CONSOLE_URL: string;
  /** Where app servers reach the Server API, without a trailing slash. */
  readonly PUBLIC_API_URL: string;
}

/** A variable has a value that cannot be used. `message` has one line per variable, each starting with its name. */
export class EnvError extends Error {
  constructor(readonly problems: ReadonlyArray<{ variable: string; message: string }>) {
    super(problems.map((problem) => `${problem.variable} ${problem.message}`).join("\n"));
    this.name = "EnvError";
  }
}

const withoutTrailingSlash = (text: string) => text.replace(/\/+$/, "");

/** Parses variables; an empty value counts as unset. Throws `EnvError`. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = EnvSchema.safeParse(given);
  if (!result.success) {
    throw new EnvError(
      result.error.issues.map((issue) => ({
        variable: String(issue.path[0] ?? "environment"),
        message: issue.message,
      })),
    );
  }
  const env = {
    ...result.data,
    PUBLIC_CONSOLE_URL: withoutTrailingSlash(
      result.data.PUBLIC_CONSOLE_URL ?? `http://localhost:${result.data.CONSOLE_PORT}`,
    ),
    PUBLIC_API_URL: withoutTrailingSlash(result.data.PUBLIC_API_URL ?? `http://localhost:${result.data.SERVICE_PORT}`),
  };
  const clear = env.REQUIRE_TLS ? unencryptedSettings(env) : [];
  if (clear.length === 0) return env;
  const message = "goes over the network in the clear, which REQUIRE_TLS refuses";
  throw new EnvError(clear.map(({ variable, instead }) => ({ variable, message: `${message}: ${instead}` })));
}

let cached: Env | undefined;

/** This process's settings, parsed once. Throws `EnvError`. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Not a setting: told to the processes of one start by their launcher. */
export const START_MARK_VARIABLE = "IM_START_MARK";
export const START_MARK_HEADER = "x-start-mark";

/** Not a setting either: where the embedded database lies, told by who has started it. */
export const DATABASE_FOLDER_VARIABLE = "IM_DATABASE_FOLDER";
export const databaseFolder = (): string | undefined => process.env[DATABASE_FOLDER_VARIABLE];

/**
 * A header for the answer to /readyz, by which a launcher knows its own processes from others on the same port. Random, and good
 * for nothing else; none without a launcher.
 */
export function startMark(): Record<string, string> {
  const mark = process.env[START_MARK_VARIABLE];
  return mark === undefined ? {} : { [START_MARK_HEADER]: mark };
}
