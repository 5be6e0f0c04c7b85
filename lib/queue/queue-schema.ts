import { runMigrations } from "graphile-worker";
import pg from "pg";
import pino from "pino";
import { queueLog } from "./queue-log";

/** Held while the queue's tables are made or changed, so that any number of processes may start at once. */
const QUEUE_LOCK = 7_301_003;

/**
 * Installs or updates the tables of the job queue, in the schema `graphile_worker`, which is the library's own: neither
 * Prisma's migrations nor the drift check look into it. Finds nothing to do when they are up to date.
 */
export async function migrateQueue(url: string): Promise<void> {
  const lock = new pg.Client({ connectionString: url, application_name: "im-user-service queue lock" });
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: "im-user-service queue migration" });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [QUEUE_LOCK]);
    await runMigrations({ pgPool: pool, logger: queueLog(pino({ level: "silent" })) });
  } finally {
    await Promise.all([pool.end(), lock.end()]);
  }
}
