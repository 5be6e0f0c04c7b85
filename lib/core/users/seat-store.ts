import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Statement } from "@/lib/db/statement";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import { AppError } from "../errors";
import { DEFAULT_USER_LIMIT } from "../quota/facts";
import { freeSeatsIn, type LiveRun, type Seats } from "./seat-pool";

const LIMIT = `SELECT coalesce(user_limit, ${DEFAULT_USER_LIMIT}) AS "limit" FROM environments WHERE id = $1`;

const READ_LIMIT = { name: "environment-user-limit", text: LIMIT };

// FOR NO KEY UPDATE: enough to exclude each other, and no obstacle to anything else about the environment.
const LOCK_ENVIRONMENT = { name: "environment-lock", text: `${LIMIT} FOR NO KEY UPDATE` };

// Users of a run are counted no further than it has seats reserved, and not at all where it has none.
const RESERVED_TAKEN = `(SELECT count(*)::int FROM (
    SELECT FROM test_run_users AS m CROSS JOIN LATERAL (
      SELECT FROM users WHERE environment_id = m.environment_id AND user_id = m.user_id AND soft_deleted_at IS NULL LIMIT 1
    ) AS registered
    WHERE m.environment_id = r.environment_id AND m.run_id = r.id LIMIT r.reserved
  ) AS counted)`;

// One statement, after the lock and not with it: what a statement that waited for a lock reads of other tables is from before.
const COUNT_SEATS = {
  name: "users-count-seats",
  text: `SELECT
      (SELECT count(*)::int FROM users WHERE environment_id = $1 AND soft_deleted_at IS NULL) AS taken,
      (SELECT json_agg(json_build_object('id', id, 'userIdPrefix', user_id_prefix, 'reserved', reserved, 'users', users)) FROM (
        SELECT id, user_id_prefix, reserved, ${RESERVED_TAKEN} AS users FROM test_runs AS r
        WHERE environment_id = $1 AND ended_at IS NULL AND expires_at > $2::timestamptz
      ) AS live) AS runs`,
};

/**
 * How many users of a development environment hold a seat, how many may, and what test runs have reserved, so that free ones can be
 * given away in the same transaction (`SeatPool`): by registration or by restore. The lock on the environment's row makes all
 * who give seats away take turns, in every process on this database, so that nobody overshoots the limit. It must be the
 * transaction's first lock: rows of users come after it. `now` is Unix milliseconds and decides which runs live.
 */
export const lockSeats = (run: Run, environmentId: EnvironmentId, now: number): Promise<Seats> =>
  seatsOf(run, environmentId, now, LOCK_ENVIRONMENT);

/**
 * How many seats are free for everybody, or for a run with its own, without the lock: they may be others' a moment later. No limit in
 * production.
 */
export async function countFreeSeats(
  db: Database,
  environment: EnvironmentRef,
  now: number,
  runId: string | null = null,
): Promise<number> {
  if (environment.name !== "development") return Number.POSITIVE_INFINITY;
  return freeSeatsIn(await seatsOf(onPool(db.pool), environment.id, now, READ_LIMIT), runId);
}

async function seatsOf(run: Run, environmentId: EnvironmentId, now: number, limitOf: Statement): Promise<Seats> {
  const [environment] = await run<{ limit: number }>(limitOf, [environmentId]);
  // Its app was deleted while this waited: nobody may register into nothing.
  if (environment === undefined) throw new AppError("app_key_unknown");
  const at = new Date(now).toISOString();
  const [counted] = await run<{ taken: number; runs: LiveRun[] | null }>(COUNT_SEATS, [environmentId, at]);
  return { taken: counted?.taken ?? 0, limit: environment.limit, runs: counted?.runs ?? [] };
}
