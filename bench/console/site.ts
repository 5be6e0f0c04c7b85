import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import type { EnvironmentRef, Operator } from "@/lib/core/actor";
import { changePlan } from "@/lib/core/apps/change-plan";
import { createApp } from "@/lib/core/apps/create-app";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { keepDailyFigures } from "@/lib/core/overview/keep-daily-figures";
import { USER_LIMIT_MAX } from "@/lib/core/quota/schema";
import { searchName } from "@/lib/core/search/fold";
import { createSecretBox } from "@/lib/core/secrets";
import { type DatabaseOptions, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { bulkInsertAround, TABLES_AROUND } from "./bulk-around";
import { bulkInsertUsers, unlimited } from "./bulk-users";
import { withoutIndexes } from "./without-indexes";

/** One database of a benchmark: an app whose Production has many users, and whose Development is full. */
export interface Site {
  readonly context: Context;
  /** The owner, in Production. */
  readonly actor: Operator;
  /** The owner, in Development. */
  readonly inDevelopment: Operator;
  /** In Production. */
  readonly users: number;
  /** Unix milliseconds: when the users were made, which is what the clock says. */
  readonly now: number;
  /** Of the database. */
  readonly url: string;
  close(): Promise<void>;
}

/** A database that was filled before, as noted beside it. */
interface Note {
  readonly database: string;
  readonly appId: string;
  readonly users: number;
  readonly now: number;
}

interface SiteOptions {
  /** Maintenance database of the server. */
  readonly serverUrl: string;
  readonly users: number;
  readonly log: (text: string) => void;
  /** Where notes of databases are that stay; undefined: it is dropped when the site is closed. */
  readonly kept: string | undefined;
}

const noteOf = (folder: string, users: number) => path.join(folder, `console-${users}.json`);

/** Fills a database, or opens the one that was filled with so many users before, to the newest migration. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { kept, users, serverUrl } = options;
  const note = kept === undefined ? undefined : noteOf(kept, users);
  if (note !== undefined && existsSync(note)) {
    const filled = JSON.parse(readFileSync(note, "utf8")) as Note;
    await migrate(urlOf(serverUrl, filled.database));
    return connect(options, filled);
  }
  const database = `im_bench_console_${process.pid}_${users}`;
  await onServer(serverUrl, `CREATE DATABASE ${database}`);
  try {
    const filled = await fill(options, database);
    if (note !== undefined) writeFileSync(note, JSON.stringify(filled));
    return await connect(options, filled);
  } catch (error) {
    await onServer(serverUrl, `DROP DATABASE ${database} WITH (FORCE)`);
    throw error;
  }
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(sql).finally(() => admin.end());
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** `limits`: those of statements, where not as in the product. */
function open(
  serverUrl: string,
  { database, now }: Pick<Note, "database" | "now">,
  limits: Pick<DatabaseOptions, "statementTimeoutMs"> = {},
): Context {
  return {
    db: openDatabase({ url: urlOf(serverUrl, database), poolSize: 4, ...limits }),
    bus: {
      publishWithCommit: () => ({ write: { statement: { name: "", text: "SELECT 1" }, values: [] }, published() {} }),
      publish: async () => {},
      publishToOthers: async () => {},
      subscribe: () => () => {},
      onGap: () => () => {},
      connected: () => true,
      close: async () => {},
    },
    now: () => now,
    secrets: createSecretBox("00".repeat(32)),
    outbound: createOutbound({ allowPrivate: false }),
    restoreAfterMs: 3_600_000,
    testOperators: false,
    log: pino({ level: "silent" }),
  };
}

async function connect({ serverUrl, kept }: SiteOptions, filled: Note): Promise<Site> {
  const context = open(serverUrl, filled);
  const actorIn = async (name: "production" | "development") => ownerIn(await refOf(context, filled.appId, name));
  return {
    context,
    actor: await actorIn("production"),
    inDevelopment: await actorIn("development"),
    users: filled.users,
    now: filled.now,
    url: urlOf(serverUrl, filled.database),
    async close() {
      await context.db.close();
      if (kept === undefined) await onServer(serverUrl, `DROP DATABASE ${filled.database} WITH (FORCE)`);
    },
  };
}

async function refOf(context: Context, appId: string, name: "production" | "development"): Promise<EnvironmentRef> {
  const environment = await findEnvironment(context.db.prisma, appId, name);
  if (environment === null) throw new Error(`${name} is not open`);
  return environment.ref;
}

const ownerIn = (environment: EnvironmentRef): Operator => ({
  kind: "operator",
  source: "console",
  fresh: true,
  requestId: newId.request(),
  ip: "",
  environment,
  operatorId: "op-bench",
  name: "Bench",
  email: "bench@example.com",
  role: "owner",
  holds: { everywhere: "owner", grants: [] },
});

async function fill({ serverUrl, users, log }: SiteOptions, database: string): Promise<Note> {
  const now = Date.now();
  await migrate(urlOf(serverUrl, database));
  const context = open(serverUrl, { database, now }, { statementTimeoutMs: 600_000 });
  const { pool } = context.db;
  const begun = performance.now();
  const tell = (text: string) => log(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
  try {
    const system = { kind: "system", source: "cli", requestId: newId.request(), ip: "", environment: null } as const;
    const { id: appId } = await createApp(context, system, { name: "Bench", description: "" });
    await changePlan(context, system, { appId, plan: "pro" });
    await pool.query("UPDATE environments SET created_at = created_at - interval '401 days'");
    const production = await refOf(context, appId, "production");
    const development = await refOf(context, appId, "development");
    // Not to be emptied by a start after a crash, as it is meant to be elsewhere.
    await pool.query("ALTER TABLE connections SET LOGGED");
    await withoutIndexes(pool, ["users", "bans", "user_search_terms", ...TABLES_AROUND], async () => {
      const environmentId = production.id;
      await bulkInsertUsers(pool, {
        environmentId,
        count: users,
        now,
        writers: 2,
        onProgress: (done) => {
          if (done % 500_000 === 0) tell(`${done.toLocaleString("en")} users`);
        },
      });
      await bulkInsertAround(pool, { environmentId, users, now });
      tell("and what stands around them");
    });
    tell("indexes");
    await checkSearchNames(pool);
    await pool.query("UPDATE environments SET user_limit = $2 WHERE id = $1", [development.id, USER_LIMIT_MAX]);
    await bulkInsertUsers(pool, { environmentId: development.id, count: USER_LIMIT_MAX, now });
    await unlimited(pool, async (client) => {
      await client.query("VACUUM ANALYZE");
    });
    const counting = performance.now();
    await keepDailyFigures(context);
    tell(
      `vacuumed; the daily figures of half a year counted in ${((performance.now() - counting) / 1_000).toFixed(1)} s`,
    );
    return { database, appId, users, now };
  } finally {
    await context.db.close();
  }
}

/** The bulk put names together from words that were folded alone. That this is what the product makes of the names is looked at. */
async function checkSearchNames(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; search_name: string }>(
    "SELECT name, search_name FROM users ORDER BY environment_id, user_id LIMIT 5000",
  );
  const wrong = rows.find((row) => searchName(row.name) !== row.search_name);
  if (wrong !== undefined) throw new Error(`${wrong.name} is in the index as ${wrong.search_name}`);
}
