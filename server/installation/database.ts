import pg from "pg";
import { MigrationError, migrate } from "@/lib/db/migrate";
import { EmbeddedPostgresError, openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import type { Env } from "@/lib/env";
import { checkDataDir } from "./data-dir";
import { Failure } from "./failure";
import { dataDirOf } from "./settings";

/** The oldest PostgreSQL whose functions the product uses. */
const LEAST_SERVER_VERSION = 140_000;
const ANSWER_LIMIT_MS = 8000;

/** The installation's database, there and answering. */
export interface InstallationDatabase {
  readonly url: string;
  /** What the operator may want to read about it. */
  readonly description: string;
  /** Resolves with the reason when the embedded server goes away; never for a server of one's own. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

/** Finds the database at DATABASE_URL, or runs the embedded one. Throws `Failure`. */
export async function openInstallationDatabase(settings: Env, guard: boolean): Promise<InstallationDatabase> {
  if (settings.DATABASE_URL !== undefined) {
    await checkAnswers(settings.DATABASE_URL);
    return {
      url: settings.DATABASE_URL,
      description: `PostgreSQL at ${placeOf(settings.DATABASE_URL)}`,
      lost: new Promise(() => {}),
      close: async () => {},
    };
  }
  const dataDir = dataDirOf(settings);
  checkDataDir(dataDir);
  try {
    const server = await openEmbeddedPostgres({ dataDir, guard });
    return {
      url: server.url,
      description: `embedded PostgreSQL on port ${server.port}`,
      lost: server.lost,
      close: async () => {
        await server.close();
      },
    };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

/** Applies pending migrations and gives their names. Throws `Failure`. */
export async function migrateInstallation(url: string): Promise<string[]> {
  try {
    return await migrate(url);
  } catch (error) {
    if (error instanceof MigrationError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

/** Host, port and database of an address: everything but the secrets. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}${pathname}`;
}

const ADVICE: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name of the host cannot be looked up",
  ETIMEDOUT: "it does not answer",
  "28P01": "it refuses the password",
  "28000": "it refuses this user",
  "3D000": "it has no database of that name (make it with createdb)",
};

async function checkAnswers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_LIMIT_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < LEAST_SERVER_VERSION) {
      throw new Failure(
        `DATABASE_URL names PostgreSQL ${Math.floor(version / 10_000)}, which is too old: use PostgreSQL 14 or newer.`,
      );
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const inner = error instanceof AggregateError ? error.errors[0] : error;
    const reason = ADVICE[(inner as { code?: string }).code ?? ""] ?? (inner as Error).message;
    throw new Failure(
      `DATABASE_URL (${placeOf(url)}) does not answer: ${reason}. Start that PostgreSQL or correct the address; without DATABASE_URL the embedded database is used.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}
