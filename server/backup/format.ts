import { z } from "zod";
import { KdfSchema } from "./passphrase";

/**
 * A backup is one gzip stream of UTF-8 lines (docs/decisions/0140), which any tool can read:
 *
 *     {"format":"im-user-service backup", …}     what it is, of when, of which migrations; the sealed secrets
 *     {"table":"users","columns":["id", …]}      once for each table, followed by its rows as COPY writes them …
 *     \.                                         … and this line
 *     {"end":{"rows":{"users":3, …},"sequences":{ … }}}
 *     {"sha256":"…","hmac":"…"}                  of every byte before this line
 */

export const FORMAT = "im-user-service backup";
export const FORMAT_VERSION = 1;

export const HeaderSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  /** When the snapshot was taken, ISO 8601. */
  createdAt: z.iso.datetime(),
  /** Of the product. */
  product: z.string(),
  /** As `server_version` says. */
  postgresql: z.string(),
  /** Those that the database had, oldest first. */
  migrations: z.array(z.string()),
  kdf: KdfSchema,
  /** `Secrets` as JSON, sealed with the passphrase. */
  sealed: z.string(),
});
export type Header = z.infer<typeof HeaderSchema>;

export const SecretsSchema = z.object({
  /** As `MASTER_KEY`. */
  masterKey: z.string(),
  /** The settings that were set, but those of the machine. */
  settings: z.record(z.string(), z.string()),
});
export type Secrets = z.infer<typeof SecretsSchema>;

export const TableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export type Table = z.infer<typeof TableSchema>;

export const EndSchema = z.object({
  end: z.object({
    rows: z.record(z.string(), z.int()),
    sequences: z.record(z.string(), z.object({ value: z.string().regex(/^\d+$/), called: z.boolean() })),
  }),
});
export type End = z.infer<typeof EndSchema>["end"];

export const ChecksumSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  hmac: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The line after a table's rows. */
export const END_OF_ROWS = "\\.\n";

/** COPY writes every value the same on every server and in every session. */
export const SESSION = `SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
  SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; SET lock_timeout = 0;
  SET idle_in_transaction_session_timeout = 0`;

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const columnList = (columns: readonly string[]) => columns.map(quoted).join(", ");
