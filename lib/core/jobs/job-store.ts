import type { Db } from "@/lib/db/database";
import type { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { JobSummary } from "./schema";

export interface StoredJob extends JobSummary {
  readonly params: unknown;
}

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly params: Prisma.InputJsonObject;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly createdByName: string;
  readonly requestId: string;
}

/** Inserts a queued job with one item per target, in the given order. Call inside a transaction. */
export async function insertJob(
  db: Db,
  environmentId: EnvironmentId,
  job: NewJob,
  targetIds: readonly string[],
): Promise<void> {
  await db.job.create({ data: { ...job, environmentId, total: targetIds.length } });
  await db.jobItem.createMany({
    data: targetIds.map((targetId, index) => ({ environmentId, jobId: job.id, position: index + 1, targetId })),
  });
}

export async function findJob(db: Db, environmentId: EnvironmentId, jobId: string): Promise<StoredJob | null> {
  return db.job.findUnique({ where: { environmentId_id: { environmentId, id: jobId } } });
}

/**
 * Puts a finished job's failed items back to pending and the job back into the queue. Returns how many items; 0 and
 * nothing changed when the job is not finished or nothing failed.
 */
export async function requeueFailedItems(db: Db, environmentId: EnvironmentId, jobId: string): Promise<number> {
  const { count } = await db.job.updateMany({
    where: { environmentId, id: jobId, state: "finished", failed: { gt: 0 } },
    data: { state: "queued", failed: 0, finishedAt: null, leaseUntil: null },
  });
  if (count === 0) return 0;
  const items = await db.jobItem.updateMany({
    where: { environmentId, jobId, state: "failed" },
    data: { state: "pending", errorCode: null, finishedAt: null },
  });
  return items.count;
}

export async function finishJob(
  db: Db,
  { environmentId, id }: { readonly environmentId: EnvironmentId; readonly id: string },
  now: number,
): Promise<void> {
  await db.job.update({
    where: { environmentId_id: { environmentId, id } },
    data: { state: "finished", finishedAt: new Date(now), leaseUntil: null },
  });
}
