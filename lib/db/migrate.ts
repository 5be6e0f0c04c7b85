import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { schemaOf } from "./address";
import type { Database } from "./database";
import { LockMissed, type SchemaFile, withSchemaEngine } from "./schema-engine";
import { withConnection } from "./session";

/** Held while migrations run, so that any number of processes may start at once. */
export const MIGRATION_LOCK = 7_301_002;

const LOCK_ASK_MS = 100;

/**
 * Takes the migrations' lock for as long as the connection lasts. Asks again and again: a statement that waits for it would have a view of
 * the database, for whose end an index that is built CONCURRENTLY under the lock waits in turn.
 */
export async function takeMigrationLock(client: pg.Client, how: "alone" | "shared" = "alone"): Promise<void> {
  const take = how === "alone" ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${take}($1) AS taken`, [MIGRATION_LOCK]);
    if (rows[0]?.taken) return;
    await pause(LOCK_ASK_MS);
  }
}

const folder = () => path.resolve("prisma/migrations");

/** The schema, as Prisma's engine takes it. */
export function readSchema(): SchemaFile {
  return { path: "schema.prisma", content: readFileSync(path.resolve("prisma/schema.prisma"), "utf8") };
}

/** Names of the migrations that this version of the product consists of, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(folder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder(), entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort();
}

/** What one of them says. */
export function migrationSql(name: string): string {
  return readFileSync(path.join(folder(), name, "migration.sql"), "utf8");
}

/** The migrations as Prisma's engine takes them. */
export function readMigrations(): MigrationList {
  const lockfile = path.join(folder(), "migration_lock.toml");
  return {
    baseDir: folder(),
    lockfile: { path: "migration_lock.toml", content: readFileSync(lockfile, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: migrationSql(name) },
      },
    })),
  };
}

/** A connection or a pool. */
export interface Queryable {
  query(sql: string): Promise<{ rows: unknown[] }>;
}

interface MigrationRow {
  readonly migration_name: string;
  readonly applied: boolean;
  readonly failed: boolean;
}

async function recordedMigrations(db: Queryable): Promise<MigrationRow[]> {
  try {
    const { rows } = await db.query(
      `SELECT migration_name, finished_at IS NOT NULL AND rolled_back_at IS NULL AS applied,
              finished_at IS NULL AND rolled_back_at IS NULL AS failed
       FROM _prisma_migrations`,
    );
    return rows as MigrationRow[];
  } catch (error) {
    // 42P01: no migration was ever applied here.
    if ((error as { code?: string }).code === "42P01") return [];
    throw error;
  }
}

/**
 * Names among `names` (see `migrationNames`, read once at start) that the database lacks; empty when it is up to date.
 * One small query: fit for a readiness check. Throws when the database does not answer.
 */
export async function pendingMigrations(db: Queryable, names: readonly string[] = migrationNames()): Promise<string[]> {
  const applied = new Set((await recordedMigrations(db)).filter((row) => row.applied).map((row) => row.migration_name));
  return names.filter((name) => !applied.has(name));
}

/**
 * Why this version must leave a database alone, as a sentence that says what to do: a newer version has migrated it, or a
 * migration was left half done. Null when it may be used. Throws when the database does not answer.
 */
export async function migrationObstacle(db: Queryable): Promise<string | null> {
  const recorded = await recordedMigrations(db);
  const newer = newerThanThis(recorded);
  if (newer !== null) return newer;
  const failed = recorded.find((row) => row.failed);
  if (failed === undefined) return null;
  return `The migration ${failed.migration_name} failed earlier and was left half done. Repair it with \`npx prisma migrate resolve\` (docs/operations.md, "Migrations").`;
}

function newerThanThis(recorded: readonly MigrationRow[]): string | null {
  const ours = new Set(migrationNames());
  const newer = recorded.filter((row) => (row.applied || row.failed) && !ours.has(row.migration_name));
  if (newer.length === 0) return null;
  const names = newer.map((row) => row.migration_name).join(", ");
  return `The database was made by a newer version of this product: it has the ${newer.length === 1 ? "migration" : "migrations"} ${names}. Start that version, or restore a backup.`;
}

/**
 * Throws `MigrationError` when a newer version has migrated the database: no process of this version may begin to use it. One that is
 * running goes on, so that two versions may run beside each other during an upgrade.
 */
export async function refuseNewerDatabase(db: Queryable): Promise<void> {
  const newer = newerThanThis(await recordedMigrations(db));
  if (newer !== null) throw new MigrationError(newer);
}

let known: readonly string[] | undefined;

/** The same of this process's own database; the names are read once. */
export function pendingMigrationsOf(db: Pick<Database, "pool">): Promise<string[]> {
  known ??= migrationNames();
  return pendingMigrations(db.pool, known);
}

/** A migration could not be applied, or none may be; `message` says which and what to do. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
  }
}

/**
 * Brings the database at `url` up to date and gives the names of the migrations that were applied. Under a lock of the
 * database: a second process waits for the first and then finds nothing to do. Throws `MigrationError`, before anything is
 * changed when the database is one that this version must leave alone.
 */
export async function migrate(url: string): Promise<string[]> {
  try {
    return await withConnection({ url, applicationName: "im-user-service migration lock" }, (client) =>
      migrateUnderLock(client, url),
    );
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(`The database could not be migrated: ${(error as Error).message}`, { cause: error });
  }
}

async function migrateUnderLock(client: pg.Client, url: string): Promise<string[]> {
  // Under the lock, since what another process is applying right now looks half done.
  if ((await pendingMigrations(client)).length > 0) await takeMigrationLock(client);
  const obstacle = await migrationObstacle(client);
  if (obstacle !== null) throw new MigrationError(obstacle);
  if ((await pendingMigrations(client)).length === 0) return [];
  await ensureSchema(client, schemaOf(url));
  return await applyPending(client, url);
}

const LOCK_TRIES = 120;
const LOCK_PAUSE_MS = 500;

/** Applies what is pending, beside processes that use the database: a lock that they hold is waited for in short turns. */
async function applyPending(client: pg.Client, url: string): Promise<string[]> {
  const pending = await pendingMigrations(client);
  for (let tries = 1; ; tries += 1) {
    try {
      await withSchemaEngine(url, readSchema(), (engine) => engine.applyMigrations(readMigrations()));
      return pending;
    } catch (error) {
      if (!(error instanceof LockMissed)) throw error;
      // As `npx prisma migrate resolve --rolled-back` does: nothing of it was done.
      const { rows } = await client.query<{ name: string }>(
        `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL
         RETURNING migration_name AS name`,
      );
      if (tries >= LOCK_TRIES) {
        throw new MigrationError(
          `The migration ${rows[0]?.name} needs a table that others have held for a minute. Nothing of it was done. End long transactions (pg_stat_activity), and start again.`,
          { cause: error },
        );
      }
      await pause(LOCK_PAUSE_MS);
    }
  }
}

/** Makes the schema, as the Prisma CLI does. `IF NOT EXISTS` would ask for the right to make one even where it is there. */
export async function ensureSchema(client: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
}
