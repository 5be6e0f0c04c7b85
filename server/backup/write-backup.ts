import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import type pg from "pg";
import { copyOut } from "@/lib/db/copy";
import { takeMigrationLock } from "@/lib/db/migrate";
import { syncFolder } from "@/lib/durable-file";
import {
  columnList,
  END_OF_ROWS,
  type End,
  FORMAT,
  FORMAT_VERSION,
  type Header,
  quoted,
  SESSION,
  type Secrets,
} from "./format";
import { keysOf, newKdf } from "./passphrase";
import { findTables } from "./product-tables";

export interface Written {
  readonly createdAt: string;
  /** Of the file. */
  readonly bytes: number;
  readonly rows: Readonly<Record<string, number>>;
}

interface Given {
  readonly file: string;
  readonly passphrase: string;
  readonly secrets: Secrets;
  readonly product: string;
}

/**
 * Writes a backup of the database that `client` is connected to: everything as of one moment, while others go on writing. The file
 * appears under its name when it is whole and on disk.
 */
export async function writeBackup(client: pg.Client, given: Given): Promise<Written> {
  const part = `${given.file}.${randomBytes(4).toString("hex")}.part`;
  try {
    const written = await writePart(client, part, given);
    renameSync(part, given.file);
    syncFolder(path.dirname(path.resolve(given.file)));
    return written;
  } finally {
    rmSync(part, { force: true });
  }
}

async function writePart(client: pg.Client, part: string, given: Given): Promise<Written> {
  const kdf = newKdf();
  const keys = await keysOf(given.passphrase, kdf);
  const out = createLines(part);
  try {
    await client.query(SESSION);
    // A migration waits for the backup, instead of everybody waiting behind a migration that waits for the backup's locks.
    await takeMigrationLock(client, "shared");
    const tables = await findTables(client);
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Before the snapshot, which the first SELECT takes: nothing empties a table with TRUNCATE behind its back.
    await client.query(`LOCK TABLE ${tables.map(({ table }) => quoted(table)).join(", ")} IN ACCESS SHARE MODE`);
    const state = await findState(client);
    const header: Header = {
      format: FORMAT,
      version: FORMAT_VERSION,
      createdAt: state.at.toISOString(),
      product: given.product,
      postgresql: state.postgresql,
      migrations: state.migrations,
      kdf,
      sealed: keys.seal(JSON.stringify(given.secrets)),
    };
    await out.write(`${JSON.stringify(header)}\n`);
    const rows: Record<string, number> = {};
    for (const { table, columns } of tables) {
      await out.write(`${JSON.stringify({ table, columns })}\n`);
      rows[table] = await copyOut(client, `COPY ${quoted(table)} (${columnList(columns)}) TO STDOUT`, out.write);
      await out.write(END_OF_ROWS);
    }
    const end: End = { rows, sequences: await findSequences(client) };
    await out.write(`${JSON.stringify({ end })}\n`);
    const sha256 = out.digest();
    await out.write(`${JSON.stringify({ sha256, hmac: keys.authenticate(sha256) })}\n`);
    await client.query("COMMIT");
    return { createdAt: header.createdAt, bytes: await out.close(), rows };
  } catch (error) {
    await out.abandon();
    throw error;
  }
}

async function findState(client: pg.Client): Promise<{ at: Date; postgresql: string; migrations: string[] }> {
  const { rows } = await client.query<{ at: Date; postgresql: string; migrations: string[] }>(
    `SELECT now() AS at, current_setting('server_version') AS postgresql, ARRAY(
       SELECT migration_name::text FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
       ORDER BY migration_name) AS migrations`,
  );
  const [state] = rows;
  if (state === undefined) throw new Error("PostgreSQL did not answer.");
  return state;
}

/** Read after the rows, and outside of the snapshot: whatever number stands in a row has been given out by then. */
async function findSequences(client: pg.Client): Promise<End["sequences"]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' ORDER BY relname`,
  );
  const sequences: End["sequences"] = {};
  for (const { name } of rows) {
    const read = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value::text AS value, is_called AS called FROM ${quoted(name)}`,
    );
    if (read.rows[0] !== undefined) sequences[name] = read.rows[0];
  }
  return sequences;
}

/** A compressed file, and the sum of what was written into it. */
function createLines(part: string) {
  const hash = createHash("sha256");
  // What is read often and written once would be worth more effort; this must keep up with a database beside a product.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  const file = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
  const done = pipeline(gzip, file);
  done.catch(() => undefined);
  return {
    async write(block: Buffer | string): Promise<void> {
      hash.update(block);
      if (!gzip.write(block)) await Promise.race([once(gzip, "drain"), done]);
    },
    digest: () => hash.copy().digest("hex"),
    /** On disk when it resolves; with the bytes of the file. */
    async close(): Promise<number> {
      gzip.end();
      await done;
      return file.bytesWritten;
    },
    async abandon(): Promise<void> {
      gzip.destroy();
      await done.catch(() => undefined);
    },
  };
}
