import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Statement } from "@/lib/db/statement";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import { AppError } from "../errors";
import { DEFAULT_USER_LIMIT } from "../quota/schema";

const LIMIT = `SELECT coalesce(user_limit, ${DEFAULT_USER_LIMIT}) AS "limit" FROM environments WHERE id = $1`;

const READ_LIMIT = { name: "environment-user-limit", text: LIMIT };

// FOR NO KEY UPDATE: enough to exclude each other, and no obstacle to anything else about the environment.
const LOCK_ENVIRONMENT = { name: "environment-lock", text: `${LIMIT} FOR NO KEY UPDATE` };

const COUNT_USERS = {
  name: "users-count-seats",
  text: "SELECT count(*)::int AS count FROM users WHERE environment_id = $1 AND soft_deleted_at IS NULL",
};

export interface Seats {
  readonly taken: number;
  readonly limit: number;
}

/**
 * How many users of a development environment hold a seat, and how many may, so that free ones can be given away in the same transaction:
 * by registration or by restore. The lock on the environment's row makes all who give seats away take turns, in every
 * process on this database, so that nobody overshoots the limit. It must be the transaction's first lock: rows of users
 * come after it.
 */
export const lockSeats = (run: Run, environmentId: EnvironmentId): Promise<Seats> =>
  seatsOf(run, environmentId, LOCK_ENVIRONMENT);

/** How many seats are free, without the lock: they may be others' a moment later. No limit in production. */
export async function countFreeSeats(db: Database, environment: EnvironmentRef): Promise<number> {
  if (environment.name !== "development") return Number.POSITIVE_INFINITY;
  const { taken, limit } = await seatsOf(onPool(db.pool), environment.id, READ_LIMIT);
  return Math.max(0, limit - taken);
}

async function seatsOf(run: Run, environmentId: EnvironmentId, limitOf: Statement): Promise<Seats> {
  const [environment] = await run<{ limit: number }>(limitOf, [environmentId]);
  // Its app was deleted while this waited: nobody may register into nothing.
  if (environment === undefined) throw new AppError("app_key_unknown");
  const [counted] = await run<{ count: number }>(COUNT_USERS, [environmentId]);
  return { taken: counted?.count ?? 0, limit: environment.limit };
}
