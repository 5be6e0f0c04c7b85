import { runMigrations } from "graphile-worker";
import pg from "pg";
import pino from "pino";
import { queueLog } from "./queue-log";

/** Held while the queue's tables are made or changed, so that any number of processes may start at once. */
const QUEUE_LOCK = 7_301_003;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Installs or updates the tables of the job queue, in the schema `graphile_worker`, which is the library's own: neither
 * Prisma's migrations nor the drift check look into it. Finds nothing to do when they are up to date.
 */
export async function migrateQueue(url: string): Promise<void> {
  const connection = { connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS };
  const lock = new pg.Client({ ...connection, application_name: "im-user-service queue lock" });
  const pool = new pg.Pool({ ...connection, max: 1, application_name: "im-user-service queue migration" });
  // A connection that breaks while nothing runs on it is an event, which would end a process that does not listen.
  const lost = new Promise<never>((_resolve, reject) => {
    lock.on("error", reject);
    pool.on("error", reject);
  });
  const migrating = async () => {
    await lock.connect();
    await lock.query("SELECT pg_advisory_lock($1)", [QUEUE_LOCK]);
    await runMigrations({ pgPool: pool, logger: queueLog(pino({ level: "silent" })) });
  };
  try {
    await Promise.race([migrating(), lost]);
  } finally {
    await Promise.all([pool.end(), lock.end()]);
  }
}
