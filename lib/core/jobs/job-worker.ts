import { startSlots } from "@/lib/queue/slots";
import { underLease } from "@/lib/queue/under-lease";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { lacksRoom } from "../room/need-room";
import { runJob } from "./run-job";
import { claimJob, findEnvironmentsWithJobs, leaseOf } from "./unfinished-job-store";

/** A queued job is announced on the bus; the poll finds the ones whose announcement or worker was lost. */
const POLL_MS = 5_000;

/**
 * How long one environment's jobs are worked on before another's have their turn. A batch is finished all the same, so that
 * ten users wait for one batch of each environment before theirs, and never for a million.
 */
const TURN_MS = 200;

export interface JobWorker {
  /** Finishes the batch in hand, gives its job back and ends. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Carries out jobs, one at a time, as long as the process runs; several environments take turns, by time and not by job. Every service
 * process has one worker; they share the jobs without waiting for each other, and take over from one that died when its
 * lease runs out (docs/decisions/0034-one-queue-of-leased-rows.md).
 */
export function startJobWorker(context: Context, options: { pollMs?: number } = {}): JobWorker {
  const { bus, log, now } = context;
  const db = context.db.prisma;
  let stopping = false;

  const slots = startSlots<EnvironmentId>({
    name: "jobs",
    log,
    now,
    slots: 1,
    pollMs: options.pollMs ?? POLL_MS,
    find: () => findEnvironmentsWithJobs(db, now()),
    async work(environmentId) {
      // It waits for room, and nothing of it fails meanwhile.
      if (lacksRoom(context)) return null;
      const job = await claimJob(db, environmentId, now());
      if (job === null) return null;
      if (job.takenOver) log.warn({ jobId: job.id }, "jobs: goes on with a job whose worker was lost");
      const end = performance.now() + TURN_MS;
      await underLease(leaseOf(job), { db, log, now }, (lost) =>
        runJob(context, job, () => stopping || lost.aborted || lacksRoom(context) || performance.now() > end),
      );
      // More of it, or another one behind it; after the environments that wait.
      return now();
    },
  });
  const unsubscribe = bus.subscribe((event) => {
    if (event.type === "job.queued") slots.wake([event.environmentId as EnvironmentId]);
  });
  const endGaps = bus.onGap(() => slots.poll());

  return {
    async stop() {
      stopping = true;
      unsubscribe();
      endGaps();
      await slots.stop();
    },
  };
}
