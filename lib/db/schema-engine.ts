import { AsyncLocalStorage } from "node:async_hooks";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaFilter, SchemaEngine as WasmSchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { schemaOf } from "./address";
import { beginSession, connectionConfig } from "./session";
import { isLockTimeout } from "./sql-state";

/**
 * Prisma's schema engine as WebAssembly, from npm: the same engine that the Prisma CLI downloads as a program, so that
 * migrations apply where nothing can be downloaded, and are recorded as the CLI records them.
 */
export interface SchemaEngine {
  /** Applies the pending ones of `migrations` in order; gives their names. Throws `LockMissed`. */
  applyMigrations(migrations: MigrationList): Promise<string[]>;
  /** SQL that would turn what `migrations` build into what `schema` says; empty when they agree. */
  diffFromMigrations(migrations: MigrationList, schema: SchemaFile): Promise<string>;
}

/**
 * How long a statement of a migration waits for a lock. Whoever comes after it for the same table waits as long behind it, so it is less than
 * what anybody notices; the migration is tried again then.
 */
export const LOCK_WAIT_MS = 500;

/** A migration gave up since others held a lock that it needs. It is one transaction, of which nothing was done. */
export class LockMissed extends Error {}

export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

const NOTHING_EXTERNAL: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Runs `work` with an engine on the database at `url`. The database named there must exist. */
export async function withSchemaEngine<T>(
  url: string,
  schema: SchemaFile,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const files: [string, string][] = [[schema.path, schema.content]];
  const adapter = engineAdapter(url);
  const engine = await SchemaEngine.new(
    { datamodels: files },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter.factory),
  );
  try {
    return await work({
      async applyMigrations(migrationsList) {
        try {
          const output = await engine.applyMigrations({ migrationsList, filters: NOTHING_EXTERNAL });
          return output.appliedMigrationNames;
        } catch (error) {
          throw adapter.missedLock() ? new LockMissed("A lock was not free in time.", { cause: error }) : error;
        }
      },
      async diffFromMigrations(migrations, target) {
        const output = await engine.diff({
          from: { tag: "migrations", ...migrations },
          to: { tag: "schemaDatamodel", files: [target] },
          script: true,
          exitCode: null,
          filters: NOTHING_EXTERNAL,
        });
        const script = output.stdout ?? "";
        return script.includes("This is an empty migration") ? "" : script.trim();
      },
    });
  } finally {
    engine.free();
    await adapter.close();
  }
}

let loaded: Promise<{ SchemaEngine: typeof WasmSchemaEngine }> | undefined;

/** Loads the engine once per process (5 MB, about 0.1 s). */
function loadEngine() {
  loaded ??= (async () => {
    const require = createRequire(path.join(process.cwd(), "package.json"));
    const script = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bindings = (await import(
      /* webpackIgnore: true */ pathToFileURL(script).href
    )) as WebAssembly.ModuleImports & {
      __wbg_set_wasm(exports: WebAssembly.Exports): void;
      SchemaEngine: typeof WasmSchemaEngine;
    };
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message() {} } });
    const { instance } = await WebAssembly.instantiate(await readFile(script.replace(/\.js$/, ".wasm")), {
      "./schema_engine_bg.js": bindings,
    });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return bindings;
  })();
  return loaded;
}

/** `"char"`, PostgreSQL's one-byte type of catalogue columns, which Prisma's adapter does not know. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** Collects, per query, the columns that were `"char"`. */
const charColumns = new AsyncLocalStorage<Set<number>>();

/** A pool that reports `"char"` columns as text and notes which they were. */
class EnginePool extends pg.Pool {
  override query = (async (...given: unknown[]) => {
    const result = (await Reflect.apply(pg.Pool.prototype.query, this, given)) as pg.QueryArrayResult;
    const noted = charColumns.getStore();
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      noted?.add(index);
    }
    return result;
  }) as pg.Pool["query"];
}

/**
 * Prisma's adapter with three repairs: it knows `"char"`, it sends a script as a whole (the original cuts it at each
 * semicolon, also inside comments and function bodies), and its shadow database can be dropped.
 */
function engineAdapter(url: string): {
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** Whether the last script gave up on a lock. */
  missedLock(): boolean;
  close(): Promise<void>;
} {
  let missed = false;
  // The engine leaves its connections open when it is freed; `close` ends what it did not dispose of.
  const open = new Set<() => Promise<void>>();
  const connect = async (target: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> => {
    const session = { url: target, applicationName: "im-user-service migrations" };
    const pool = new EnginePool({
      ...connectionConfig(session),
      onConnect: (client) => beginSession(client, session),
      max: 1,
    });
    const adapter = await new PrismaPg(pool, { schema: schemaOf(target) }).connect();
    const dispose = async () => {
      if (!open.delete(dispose)) return;
      await pool.end();
      await afterwards();
    };
    open.add(dispose);
    const queryRaw = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      queryRaw: async (query: Parameters<typeof queryRaw>[0]) => {
        const noted = new Set<number>();
        const result = await charColumns.run(noted, () => queryRaw(query));
        const columnTypes = result.columnTypes.map((type, index) =>
          noted.has(index) ? ColumnTypeEnum.Character : type,
        );
        return { ...result, columnTypes };
      },
      executeScript: async (script: string) => {
        missed = false;
        try {
          // What builds an index beside the others waits for them without being in anybody's way, and leaves half an index when it gives up.
          const patient = /^[^-]*\bCONCURRENTLY\b/im.test(script);
          await pool.query(`SET lock_timeout = ${patient ? 0 : LOCK_WAIT_MS}`);
          await pool.query(script);
        } catch (error) {
          missed = isLockTimeout(error);
          throw asDriverError(error);
        }
      },
      dispose,
    });
  };

  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url, async () => {}),
    connectToShadowDb: async () => {
      const name = `shadow_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
      await onServer(url, `CREATE DATABASE ${name}`);
      const shadow = new URL(url);
      shadow.pathname = `/${name}`;
      return connect(shadow.href, () => onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
  return {
    factory,
    missedLock: () => missed,
    async close() {
      for (const dispose of [...open].reverse()) await dispose();
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function asDriverError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: "postgres",
    code: error.code ?? "",
    severity: error.severity ?? "ERROR",
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
