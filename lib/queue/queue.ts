import pg from "pg";
import type { Logger } from "pino";
import { withSilenceLimit } from "@/lib/db/silence-limit";
import { startQueueRunner } from "./queue-runner";
import { migrateQueue } from "./queue-schema";

/** Connections of one process; one of them listens. A slot in use mostly waits for something else than the database. */
const POOL_SIZE = 4;
const STATEMENT_TIMEOUT_MS = 15_000;
/** Of shorter delays the process that asked for one reminds the queue itself, to the moment. */
const REMIND_WITHIN_MS = 60_000;
/** A job that fails is tried again by the library with growing pauses, this often; the sweeper asks anew after that. */
const MAX_ATTEMPTS = 25;

// The database's clock decides when a job is due, so delays are added there.
const ADD = {
  name: "queue-add",
  text: `SELECT 1 FROM graphile_worker.add_job($1::text, json_build_object('key', $2::text),
    run_at => now() + $3::float8 * interval '1 millisecond', max_attempts => ${MAX_ATTEMPTS},
    job_key => $1::text || ':' || $2::text, job_key_mode => $4::text)`,
};

const FORGET_ABANDONED = {
  name: "queue-forget-abandoned",
  text: `SELECT 1 FROM graphile_worker.complete_jobs(ARRAY(
    SELECT id FROM graphile_worker.jobs WHERE task_identifier = $1 AND key IS NULL AND attempts >= max_attempts
      AND (locked_at IS NULL OR locked_at < now() - interval '4 hours')))`,
};

export interface QueueOptions {
  readonly url: string;
  readonly log: Logger;
  /** What the jobs are called in the database. */
  readonly task: string;
  /** Jobs that this process carries out at the same time. */
  readonly slots: number;
  /** Carries out the job of a key. Gives the Unix milliseconds of `now` at which to look at it again, or null. */
  readonly work: (key: string) => Promise<number | null>;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** As a database's (lib/db/database.ts). */
  readonly statementTimeoutMs?: number;
}

/** Jobs named by a key, at most one waiting for each key, shared by every process on the database. */
export interface Queue {
  /** Has the jobs of these keys carried out as soon as a slot is free in any process. */
  wake(keys: readonly string[]): Promise<void>;
  /** Removes what crashed processes left: jobs that were taken over under the same key and will never run. */
  tidy(): Promise<void>;
  /** Waits for the jobs in hand and ends. */
  stop(): Promise<void>;
}

/**
 * Takes part in the queue (docs/decisions/0049-webhooks-one-job-for-each-receiver.md). A key that is woken while its job
 * runs is run again afterwards or, in another process, beside it: `work` must stand that.
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { url, log, task, now, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  await migrateQueue(url);
  const connection = {
    connectionString: url,
    application_name: `im-user-service ${task}`,
    statement_timeout: statementTimeoutMs,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool({ ...withSilenceLimit(connection, () => true), max: POOL_SIZE });
  // One that breaks fails what runs on it, and is an event besides, which would end a process that does not listen.
  pool.on("error", (error) => log.warn({ err: error }, "queue: an idle connection was closed"));
  pool.on("connect", (client) => {
    client.on("error", (error) => log.debug({ err: error }, "queue: a connection broke"));
  });

  /** "replace": in `delayMs`, whatever was wanted before. "preserve_run_at": then, or earlier when that is wanted. */
  const add = async (key: string, delayMs: number, mode: "replace" | "preserve_run_at") => {
    await pool.query({ ...ADD, values: [task, key, delayMs, mode] });
  };

  const reminders = new Map<string, NodeJS.Timeout>();
  const remind = (key: string, delayMs: number) => {
    clearTimeout(reminders.get(key));
    const timer = setTimeout(() => {
      reminders.delete(key);
      add(key, 0, "replace").catch((error: unknown) => log.warn({ err: error }, "queue: a reminder was lost"));
    }, delayMs);
    reminders.set(key, timer);
  };

  const carryOut = async (payload: unknown) => {
    const { key } = payload as { key: string };
    const next = await options.work(key);
    if (next === null) return;
    const delayMs = Math.max(0, next - now());
    await add(key, delayMs, "preserve_run_at");
    if (delayMs > 0 && delayMs <= REMIND_WITHIN_MS) remind(key, delayMs);
  };

  const runner = startQueueRunner({
    pool,
    log,
    slots: options.slots,
    tasks: { [task]: carryOut },
    pulseMs: statementTimeoutMs / 3,
  });

  return {
    async wake(keys) {
      for (const key of keys) await add(key, 0, "replace");
    },
    async tidy() {
      await pool.query({ ...FORGET_ABANDONED, values: [task] });
    },
    async stop() {
      await runner.stop();
      for (const timer of reminders.values()) clearTimeout(timer);
      await pool.end();
    },
  };
}
