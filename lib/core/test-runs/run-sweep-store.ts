import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { timeIn } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { RUNS_KEPT_DAYS } from "./facts";

/** Runs of all development environments, by the index of each; those of production there are not, and they are not looked for. */

/** Live ones whose time is over. */
export function findExpiredRuns(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ readonly environmentId: EnvironmentId; readonly id: string }[]> {
  return db.$queryRaw`
    SELECT r.environment_id AS "environmentId", r.id FROM environments AS e CROSS JOIN LATERAL (
      SELECT environment_id, id FROM test_runs
      WHERE environment_id = e.id AND ended_at IS NULL AND expires_at <= ${timeIn(Prisma.sql`e`, now)}
      ORDER BY expires_at LIMIT ${limit}
    ) AS r WHERE e.name = 'development' LIMIT ${limit}`;
}

/** Forgets up to `limit` runs that are long over and have no users left; gives how many. */
export function deleteOldTestRuns(db: Db, now: Date, limit: number): Promise<number> {
  const before = timeIn(Prisma.sql`e`, now.getTime() - RUNS_KEPT_DAYS * 86_400_000);
  return db.$executeRaw`
    DELETE FROM test_runs AS r USING (
      SELECT old.* FROM environments AS e CROSS JOIN LATERAL (
        SELECT environment_id, id FROM test_runs AS o
        WHERE environment_id = e.id AND started_at < ${before} AND ended_at < ${before}
          AND NOT EXISTS (SELECT FROM test_run_users WHERE environment_id = o.environment_id AND run_id = o.id)
        ORDER BY started_at LIMIT ${limit}
      ) AS old WHERE e.name = 'development' LIMIT ${limit}
    ) AS old
    WHERE r.environment_id = old.environment_id AND r.id = old.id`;
}
