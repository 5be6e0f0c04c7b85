import type { Database } from "@/lib/db/database";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { RunSeats } from "../quota/schema";

const FIND = {
  name: "test-run-seats",
  text: `SELECT id, label, reserved, expires_at AS "expiresAt", users, greatest(users, reserved) AS seats FROM (
      SELECT r.*, (
        SELECT count(*)::int FROM test_run_users AS m CROSS JOIN LATERAL (
          SELECT FROM users WHERE environment_id = m.environment_id AND user_id = m.user_id AND soft_deleted_at IS NULL LIMIT 1
        ) AS registered
        WHERE m.environment_id = r.environment_id AND m.run_id = r.id
      ) AS users
      FROM test_runs AS r WHERE environment_id = $1::int AND ended_at IS NULL AND expires_at > $2::timestamptz
    ) AS live
    ORDER BY seats DESC, id`,
};

/** The live runs of an environment with the seats that they hold, those that hold most first. `now` is Unix milliseconds. */
export function findSeatsOfRuns(at: Database | Run, environmentId: EnvironmentId, now: number): Promise<RunSeats[]> {
  const run = typeof at === "function" ? at : onPool(at.pool);
  return run<RunSeats>(FIND, [environmentId, new Date(now).toISOString()]);
}
