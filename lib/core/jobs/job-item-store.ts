import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { JobItemState } from "./schema";

export interface StoredJobItem {
  readonly position: number;
  readonly targetId: string;
  readonly state: JobItemState;
  readonly errorCode: string | null;
  readonly finishedAt: Date | null;
}

/** Items in their order, beside a place (a position) nearest first; of one state or of all. */
export function findJobItems(
  db: Db,
  environmentId: EnvironmentId,
  jobId: string,
  state: JobItemState | null,
  place: Place<number> | null,
  limit: number,
): Promise<StoredJobItem[]> {
  const upwards = place?.direction === "previous";
  return db.jobItem.findMany({
    where: {
      environmentId,
      jobId,
      state: state ?? undefined,
      position: place === null ? undefined : { [upwards ? "lt" : "gt"]: place.keys },
    },
    select: { position: true, targetId: true, state: true, errorCode: true, finishedAt: true },
    orderBy: { position: upwards ? "desc" : "asc" },
    take: limit,
  });
}

/** Fails every pending item with one code. Call inside a transaction. */
export async function failPendingItems(
  db: Db,
  job: { readonly environmentId: EnvironmentId; readonly id: string },
  errorCode: string,
  now: number,
): Promise<void> {
  const { environmentId, id } = job;
  const { count } = await db.jobItem.updateMany({
    where: { environmentId, jobId: id, state: "pending" },
    data: { state: "failed", errorCode, finishedAt: new Date(now) },
  });
  await db.job.update({ where: { environmentId_id: { environmentId, id } }, data: { failed: { increment: count } } });
}
