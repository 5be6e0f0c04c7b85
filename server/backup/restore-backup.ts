import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { copyIn } from "@/lib/db/copy";
import { MIGRATION_LOCK, migrationNames, migrationSql } from "@/lib/db/migrate";
import { Failure } from "../installation/failure";
import { refuseWhileUsed } from "../installation/in-use";
import { columnList, type End, type Header, quoted, SESSION } from "./format";
import type { PassphraseKeys } from "./passphrase";
import { findTables } from "./product-tables";
import { type Read, readBackup } from "./read-backup";

interface Given {
  readonly file: string;
  readonly keys: PassphraseKeys;
  /** Whether what the database holds may be thrown away. */
  readonly replace: boolean;
  /** Called when everything is in place, right before it is committed. */
  beforeCommit(): void;
}

/** Why a backup cannot be restored by this version; null when it can. */
export function newerThanThis({ migrations, product }: Header): string | null {
  const known = new Set(migrationNames());
  const unknown = migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return null;
  return `The backup was made by a newer version of this product (${product}), with ${unknown.length === 1 ? "the migration" : "the migrations"} ${unknown.join(", ")}: restore it with that version or a later one.`;
}

/**
 * Puts a backup into the database that `client` is connected to, in one transaction: the schema as it was, then the rows. What was there
 * before is there until the commit, and still when anything fails. Pending migrations are the caller's. Throws `Failure`.
 */
export async function restoreBackup(client: pg.Client, { file, keys, replace, beforeCommit }: Given): Promise<Read> {
  await client.query(SESSION);
  await refuseWhileUsed(client);
  await client.query("BEGIN");
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS taken", [
    MIGRATION_LOCK,
  ]);
  if (rows[0]?.taken !== true)
    throw new Failure("Another process migrates or backs up this database. Try again later.");
  await clear(client, replace);
  let tables = new Set<string>();
  let keysBetween: ForeignKey[] = [];
  const read = await readBackup(file, keys, {
    async header(header) {
      const newer = newerThanThis(header);
      if (newer !== null) throw new Failure(newer);
      await buildSchema(client, header.migrations);
      tables = new Set((await findTables(client)).map(({ table }) => table));
      // Migrations write some rows of their own.
      await client.query(`TRUNCATE ${[...tables].map(quoted).join(", ")}`);
      keysBetween = await dropForeignKeys(client);
    },
    async table({ table, columns }, lines) {
      if (!tables.has(table)) throw new Failure(`${file} has a table that no version made: ${table}.`);
      return copyIn(client, `COPY ${quoted(table)} (${columnList(columns)}) FROM STDIN`, lines);
    },
    end: (end) => setSequences(client, end),
  });
  for (const { table, name, definition } of keysBetween) {
    await client.query(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`);
  }
  beforeCommit();
  await client.query("COMMIT");
  return read;
}

/** Empties the schema of what the product has made there. Throws `Failure` when that is somebody's data. */
async function clear(client: pg.Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ kind: string; name: string }>(
    `SELECT 'TABLE' AS kind, quote_ident(relname) AS name FROM pg_class
       WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
     UNION ALL SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p
       WHERE pronamespace = current_schema()::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
     UNION ALL SELECT 'TYPE', quote_ident(typname) FROM pg_type
       WHERE typnamespace = current_schema()::regnamespace AND typtype = 'e'`,
  );
  const tables = rows.flatMap(({ kind, name }) => (kind === "TABLE" ? [name] : []));
  if (tables.length > 0 && !tables.includes("_prisma_migrations")) {
    throw new Failure("The database holds tables that are not this product's. Restore into an empty database.");
  }
  if (!replace && (await holdsData(client, tables))) {
    throw new Failure(
      "The database holds data already. Restore into an empty one, or say --replace: everything in it is lost then.",
    );
  }
  // Tables before what they are made of.
  const drops = rows.map(({ kind, name }) => `DROP ${kind} IF EXISTS ${name} CASCADE`).join("; ");
  if (drops !== "") await client.query(drops);
}

/** Whether anybody has begun to use the installation. */
async function holdsData(client: pg.Client, tables: readonly string[]): Promise<boolean> {
  for (const table of ["apps", "operators", "users"].filter((name) => tables.includes(name))) {
    const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS any`);
    if (rows[0]?.any === true) return true;
  }
  return false;
}

/** The schema that these migrations make, recorded as Prisma's engine records them. */
async function buildSchema(client: pg.Client, names: readonly string[]): Promise<void> {
  await client.query(
    `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
       migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
       applied_steps_count INTEGER NOT NULL DEFAULT 0)`,
  );
  for (const name of [...names].sort()) {
    const sql = migrationSql(name);
    await client.query(inTransaction(sql));
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), createHash("sha256").update(sql).digest("hex"), name],
    );
  }
}

/** Indexes that are built beside those who write cannot be built in a transaction, and need not be where there is nobody. */
const inTransaction = (sql: string) =>
  sql.replaceAll(/^(\s*(?:CREATE (?:UNIQUE )?|DROP )INDEX) CONCURRENTLY\b/gim, "$1");

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Takes them off, so that tables can be filled in any order; the definitions put them back and look at every row. */
async function dropForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f' AND k.conparentid = 0`,
  );
  for (const { table, name } of rows) {
    await client.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
  }
  return rows;
}

async function setSequences(client: pg.Client, { sequences }: End): Promise<void> {
  for (const [name, { value, called }] of Object.entries(sequences)) {
    await client.query("SELECT setval($1::regclass, $2::bigint, $3)", [quoted(name), value, called]);
  }
}
