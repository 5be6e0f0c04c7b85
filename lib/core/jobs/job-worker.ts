import type { Context } from "../context";
import { claimJob, releaseLease } from "./job-store";
import { LEASE_MS, runJob } from "./run-job";

/** A queued job is announced on the bus; this finds the ones whose announcement or worker was lost. */
const POLL_MS = 5_000;
const PAUSE_AFTER_FAILURE_MS = 1_000;

export interface JobWorker {
  /** Finishes the batch in hand, gives its job back and ends. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Carries out jobs, one at a time, as long as the process runs. Every service process has one; they share the jobs
 * without waiting for each other, and take over from one that died when its lease runs out.
 */
export function startJobWorker(context: Context, options: { pollMs?: number } = {}): JobWorker {
  let stopping = false;
  let wakened = false;
  let wake = () => {
    wakened = true;
  };

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        wakened = false;
        wake = () => {
          wakened = true;
        };
        resolve();
      };
      const timer = setTimeout(end, ms);
      wake = end;
      if (wakened || stopping) end();
    });

  const unsubscribe = context.bus.subscribe((event) => {
    if (event.type === "job.queued") wake();
  });
  const endGaps = context.bus.onGap(() => wake());

  const work = async () => {
    while (!stopping) {
      try {
        const now = context.now();
        const job = await claimJob(context.db.prisma, now, now + LEASE_MS);
        if (job === null) {
          await sleep(options.pollMs ?? POLL_MS);
          continue;
        }
        const held = await runJob(context, job, () => stopping);
        if (held !== null) await releaseLease(context.db.prisma, held);
      } catch (error) {
        context.log.error({ err: error }, "the job worker failed; it goes on shortly");
        await sleep(PAUSE_AFTER_FAILURE_MS);
      }
    }
  };
  const ended = work();

  return {
    async stop() {
      stopping = true;
      unsubscribe();
      endGaps();
      wake();
      await ended;
    },
  };
}
