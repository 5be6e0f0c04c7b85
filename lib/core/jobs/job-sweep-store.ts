import type { Db } from "@/lib/db/database";
import { JOBS_KEPT_DAYS } from "./facts";

/** Finished and cancelled jobs go after a month: first their items, which may be a million, then the jobs that have none. */

const DAY_MS = 86_400_000;
const keptFrom = (now: Date) => new Date(now.getTime() - JOBS_KEPT_DAYS * DAY_MS);

/** Deletes up to `limit` items; gives how many. */
export async function deleteItemsOfOldJobs(db: Db, now: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM job_items AS i USING (
      SELECT item.environment_id, item.job_id, item.position
      FROM (SELECT environment_id, id FROM jobs WHERE finished_at < ${keptFrom(now)} ORDER BY finished_at LIMIT ${limit}) AS old
      CROSS JOIN LATERAL (
        SELECT environment_id, job_id, position FROM job_items
        WHERE environment_id = old.environment_id AND job_id = old.id ORDER BY position LIMIT ${limit}
      ) AS item LIMIT ${limit}
    ) AS gone
    WHERE i.environment_id = gone.environment_id AND i.job_id = gone.job_id AND i.position = gone.position`;
}

/** Deletes up to `limit` jobs without items; gives how many. */
export async function deleteOldJobs(db: Db, now: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM jobs AS j USING (
      SELECT environment_id, id FROM jobs WHERE finished_at < ${keptFrom(now)} ORDER BY finished_at LIMIT ${limit}
    ) AS old
    WHERE j.environment_id = old.environment_id AND j.id = old.id AND j.finished_at < ${keptFrom(now)}
      AND NOT EXISTS (SELECT FROM job_items WHERE environment_id = j.environment_id AND job_id = j.id)`;
}
