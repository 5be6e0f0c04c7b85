import type { Db } from "@/lib/db/database";
import { fewRows } from "@/lib/db/sql";
import { inPrisma } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { JobItemRow, JobItemState } from "./schema";

interface JobKey {
  readonly environmentId: EnvironmentId;
  readonly id: string;
}

/** Items in their order, beside a place (a position) nearest first; of one state or of all. */
export async function findJobItems(
  db: Db,
  environmentId: EnvironmentId,
  jobId: string,
  state: JobItemState | null,
  place: Place<number> | null,
  limit: number,
): Promise<JobItemRow[]> {
  const upwards = place?.direction === "previous";
  const items = await db.jobItem.findMany({
    where: {
      environmentId,
      jobId,
      state: state ?? undefined,
      position: place === null ? undefined : { [upwards ? "lt" : "gt"]: place.keys },
    },
    select: {
      position: true,
      targetId: true,
      state: true,
      errorCode: true,
      finishedAt: true,
      line: true,
      detail: true,
    },
    orderBy: { position: upwards ? "desc" : "asc" },
    take: limit,
  });
  return items.map(({ detail, ...item }) => ({ ...item, note: noteOf(detail) }));
}

/** What stands beside an item for whoever reads the results. */
function noteOf(detail: unknown): string | null {
  const { note } = (detail ?? {}) as { note?: unknown };
  return typeof note === "string" ? note : null;
}

/** An item that is to be done. */
export interface PendingItem {
  readonly position: number;
  readonly targetId: string;
  /** What its kind needs to do it. */
  readonly detail: unknown;
}

export function findPendingItems(db: Db, { environmentId, id }: JobKey, limit: number): Promise<PendingItem[]> {
  return db.jobItem.findMany({
    where: { environmentId, jobId: id, state: "pending" },
    select: { position: true, targetId: true, detail: true },
    orderBy: { position: "asc" },
    take: limit,
  });
}

export interface NewItem {
  readonly targetId: string;
  readonly detail?: unknown;
  /** The line of an imported file. */
  readonly line?: number;
  /** It is left alone from the start, for the reason of this code. */
  readonly skipped?: string;
}

const INSERT = {
  name: "job-items-insert",
  text: `WITH added AS (
      INSERT INTO job_items (environment_id, job_id, position, target_id, detail, line, state, error_code)
      SELECT $1::int, $2::text, $3::int + ordinal, target_id, detail, line,
        (CASE WHEN code IS NULL THEN 'pending' ELSE 'skipped' END)::job_item_state, code
      FROM unnest($4::text[], $5::jsonb[], $6::int[], $7::text[]) WITH ORDINALITY AS i(target_id, detail, line, code, ordinal)
      RETURNING error_code
    )
    UPDATE jobs SET total = $3::int + (SELECT count(*) FROM added),
      skipped = skipped + (SELECT count(*) FROM added WHERE error_code IS NOT NULL)
    WHERE environment_id = $1::int AND id = $2::text`,
};

/** Adds items behind the `total` that the job has. Call in a transaction that holds the job. */
export async function addItems(db: Db, job: JobKey & { readonly total: number }, items: readonly NewItem[]) {
  if (items.length === 0) return;
  await inPrisma(db)(INSERT, [
    job.environmentId,
    job.id,
    job.total,
    items.map(({ targetId }) => targetId),
    items.map(({ detail }) => (detail === undefined ? null : JSON.stringify(detail))),
    items.map(({ line }) => line ?? null),
    items.map(({ skipped }) => skipped ?? null),
  ]);
}

/** What another job has done of its items, with what undoing it needs, in their order from behind `after` on. */
export async function findDoneItems(
  db: Db,
  environmentId: EnvironmentId,
  jobId: string,
  after: number,
  limit: number,
): Promise<PendingItem[]> {
  const items = await db.jobItem.findMany({
    where: { environmentId, jobId, state: "succeeded", position: { gt: after } },
    select: { position: true, targetId: true, detail: true },
    orderBy: { position: "asc" },
    take: limit,
  });
  return items;
}

/** Fails every pending item with one code. Call inside a transaction. */
export async function failPendingItems(db: Db, job: JobKey, errorCode: string, now: number): Promise<void> {
  const { environmentId, id } = job;
  const { count } = await db.jobItem.updateMany({
    where: { environmentId, jobId: id, state: "pending" },
    data: { state: "failed", errorCode, finishedAt: new Date(now) },
  });
  await db.job.update({ where: { environmentId_id: { environmentId, id } }, data: { failed: { increment: count } } });
}

export interface ItemResult {
  readonly position: number;
  readonly state: Exclude<JobItemState, "pending">;
  readonly errorCode: string | null;
  /** What an undo needs; null: what the item held is not needed any more. Absent: it stays. */
  readonly detail?: unknown;
}

// The whole key stands beside each result: with a part of it PostgreSQL, which may believe that a job has a few items, reads all
// of them for each result (docs/decisions/0045-plans-that-do-not-depend-on-statistics.md).
const RECORD = {
  name: "job-items-record",
  text: `WITH done AS (
      UPDATE job_items AS i SET state = given.state::job_item_state, error_code = nullif(given.code, ''), finished_at = $1::timestamptz,
        detail = CASE WHEN given.detail = '' THEN i.detail ELSE nullif(given.detail::jsonb, 'null') END
      FROM ${fewRows(2, {
        environment_id: "int",
        job_id: "text",
        position: "int",
        state: "text",
        code: "text",
        detail: "text",
      })} AS given
      WHERE i.environment_id = given.environment_id AND i.job_id = given.job_id AND i.position = given.position
        AND i.state = 'pending'
      RETURNING i.environment_id, i.job_id, i.state
    ), counted AS (
      SELECT environment_id, job_id, count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
        count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'skipped') AS skipped
      FROM done GROUP BY environment_id, job_id
    )
    UPDATE jobs AS j SET succeeded = j.succeeded + c.succeeded, failed = j.failed + c.failed, skipped = j.skipped + c.skipped
    FROM (SELECT * FROM counted LIMIT (SELECT 1)) AS c
    WHERE j.environment_id = c.environment_id AND j.id = c.job_id`,
};

/** Records results of items and counts them, in the transaction that did the work. `now` is Unix milliseconds. */
export async function recordResults(db: Db, job: JobKey, results: readonly ItemResult[], now: number): Promise<void> {
  await inPrisma(db)(RECORD, [
    new Date(now).toISOString(),
    results.map(() => job.environmentId),
    results.map(() => job.id),
    results.map(({ position }) => position),
    results.map(({ state }) => state),
    results.map(({ errorCode }) => errorCode ?? ""),
    results.map(({ detail }) => (detail === undefined ? "" : JSON.stringify(detail))),
  ]);
}
