import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "pino";
import { queueLog } from "./queue-log";

/** How often an idle slot looks by itself: jobs that were put off become due without anybody being told. */
const POLL_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;

export interface QueueRunnerOptions {
  readonly pool: pg.Pool;
  readonly log: Logger;
  readonly slots: number;
  readonly tasks: TaskList;
  /** How often the listening connection is asked for a sign of life, so that a silent one is a lost one. */
  readonly pulseMs: number;
}

/**
 * Carries out jobs until it is stopped, whatever becomes of the database meanwhile. The library's slots do not last that
 * long: one that cannot put its job away, since the database does not answer, ends, and no other takes its place; and when
 * the very first look for a job fails, all remember that for good. So they are all made anew when that has happened.
 */
export function startQueueRunner(options: QueueRunnerOptions): { stop(): Promise<void> } {
  const { pool, log, slots, tasks, pulseMs } = options;
  let replacing = Promise.resolve();
  let stopping = false;

  const start = (): WorkerPool => {
    const events: WorkerEvents = new EventEmitter();
    events.on("pool:listen:success", ({ client }) => {
      const stopAsking = keepAsking(client, pulseMs, log);
      events.once("pool:listen:release", stopAsking);
    });
    let looked = false;
    let worn = false;
    const wear = ({ error }: { readonly error: unknown }) => {
      if (worn) return;
      worn = true;
      log.warn({ err: error }, "queue: a slot was lost; all are made anew");
      replacing = replacing.then(replace);
    };
    events.once("worker:getJob:empty", () => {
      looked = true;
    });
    events.once("job:start", () => {
      looked = true;
    });
    events.on("worker:getJob:error", (failed) => {
      if (!looked) wear(failed);
    });
    events.on("worker:fatalError", wear);
    const settings = {
      logger: queueLog(log),
      events,
      concurrency: slots,
      pollInterval: POLL_MS,
      noHandleSignals: true,
    };
    return runTaskList(settings, tasks, pool);
  };

  const answers = () =>
    pool.query("SELECT 1").then(
      () => true,
      (error: unknown) => {
        log.debug({ err: error }, "queue: the database does not answer yet");
        return false;
      },
    );

  /** The new slots begin before the old ones have ended their jobs, which may take a while. */
  const replace = async (): Promise<void> => {
    while (!stopping && !(await answers())) await pause(LOOK_AGAIN_MS);
    if (stopping) return;
    const old = running;
    running = start();
    await end(old);
  };

  let running = start();
  return {
    async stop() {
      stopping = true;
      await replacing;
      await end(running);
    },
  };
}

/** Lets the jobs in hand end. */
async function end(slots: WorkerPool): Promise<void> {
  await slots.gracefulShutdown();
  await slots.promise;
}

/** Asks a connection that listens, one question at a time; gives the function that ends it. */
function keepAsking(client: pg.PoolClient, pulseMs: number, log: Logger): () => void {
  let asked = false;
  const ask = async () => {
    if (asked) return;
    asked = true;
    await client.query("SELECT 1");
    asked = false;
  };
  const pulse = setInterval(() => {
    ask().catch((error: unknown) => log.debug({ err: error }, "queue: no sign of life"));
  }, pulseMs);
  return () => clearInterval(pulse);
}
