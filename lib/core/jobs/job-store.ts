import type { Db } from "@/lib/db/database";
import type { Prisma } from "@/lib/db/generated/client";
import { type Actor, type EnvironmentId, nameOf } from "../actor";
import type { Place } from "../paging/cursor";
import type { JobKindName, JobState, JobSummary } from "./facts";

export interface StoredJob extends Omit<JobSummary, "expected"> {
  readonly params: unknown;
}

export interface NewJob {
  readonly id: string;
  readonly kind: JobKindName;
  readonly params: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  /** Its items are chosen by the worker, by what `params` say. */
  readonly selecting: boolean;
  readonly undoOf?: string;
}

/** Inserts a queued job without items, in the name of the actor. Call inside a transaction. */
export async function insertJob(db: Db, environmentId: EnvironmentId, actor: Actor, job: NewJob): Promise<void> {
  const by = nameOf(actor);
  await db.job.create({
    data: {
      ...job,
      params: JSON.parse(JSON.stringify({ ...job.params, createdByKind: by.kind })) as Prisma.InputJsonObject,
      environmentId,
      total: 0,
      createdById: by.id,
      createdByName: by.name,
      requestId: actor.requestId,
    },
  });
}

export async function findJob(db: Db, environmentId: EnvironmentId, jobId: string): Promise<StoredJob | null> {
  return db.job.findUnique({ where: { environmentId_id: { environmentId, id: jobId } } });
}

/** The same, held against every other change until the transaction ends. */
export async function lockJob(tx: Db, environmentId: EnvironmentId, jobId: string): Promise<StoredJob | null> {
  await tx.$queryRaw`SELECT FROM jobs WHERE environment_id = ${environmentId} AND id = ${jobId} FOR NO KEY UPDATE`;
  return findJob(tx, environmentId, jobId);
}

/** The jobs that take this one back, latest first. */
export async function findUndoJobs(db: Db, environmentId: EnvironmentId, jobId: string): Promise<StoredJob[]> {
  return db.job.findMany({ where: { environmentId, undoOf: jobId }, orderBy: { createdAt: "desc" }, take: 10 });
}

/** `[created in Unix milliseconds, id]` */
export type JobKeys = readonly [number, string];

/** Jobs with the latest first; beside a place, nearest first. */
export async function findJobs(
  db: Db,
  environmentId: EnvironmentId,
  { state, kind }: { readonly state?: JobState | undefined; readonly kind?: JobKindName | undefined },
  place: Place<JobKeys> | null,
  limit: number,
): Promise<StoredJob[]> {
  const upwards = place?.direction === "previous";
  const order = upwards ? "asc" : "desc";
  const beyond = upwards ? "gt" : "lt";
  const [createdAt, id] = place === null ? [] : [new Date(place.keys[0]), place.keys[1]];
  return db.job.findMany({
    where: {
      environmentId,
      state,
      kind,
      ...(createdAt === undefined
        ? {}
        : {
            createdAt: { [upwards ? "gte" : "lte"]: createdAt },
            OR: [{ createdAt: { [beyond]: createdAt } }, { createdAt, id: { [beyond]: id } }],
          }),
    },
    orderBy: [{ createdAt: order }, { id: order }],
    take: limit,
  });
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

/** Waits for the batch in hand, whose transaction holds the job; false when the job is over already. */
export async function cancelOpenJob(
  db: Db,
  environmentId: EnvironmentId,
  jobId: string,
  by: string,
  now: number,
): Promise<boolean> {
  const { count } = await db.job.updateMany({
    where: { environmentId, id: jobId, state: { in: ["queued", "running"] } },
    data: { state: "cancelled", finishedAt: new Date(now), leaseUntil: null, cancelledByName: by },
  });
  return count === 1;
}

export async function finishJob(
  db: Db,
  { environmentId, id }: { readonly environmentId: EnvironmentId; readonly id: string },
  now: number,
): Promise<void> {
  await db.job.update({
    where: { environmentId_id: { environmentId, id } },
    data: { state: "finished", selecting: false, finishedAt: new Date(now), leaseUntil: null },
  });
}

/** Notes how far a job's items have been chosen; null: all of them are. */
export async function noteSelected(
  db: Db,
  { environmentId, id }: { readonly environmentId: EnvironmentId; readonly id: string },
  place: unknown,
): Promise<void> {
  await db.job.update({
    where: { environmentId_id: { environmentId, id } },
    data: place === null ? { selecting: false } : { selectedTo: place as Prisma.InputJsonValue },
  });
}
