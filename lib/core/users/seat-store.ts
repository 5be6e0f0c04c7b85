import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { AppError } from "../errors";

// FOR NO KEY UPDATE: enough to exclude each other, and no obstacle to anything else about the environment.
const LOCK_ENVIRONMENT = {
  name: "environment-lock",
  text: "SELECT id FROM environments WHERE id = $1 FOR NO KEY UPDATE",
};

const COUNT_USERS = {
  name: "users-count-seats",
  text: "SELECT count(*)::int AS count FROM users WHERE environment_id = $1 AND soft_deleted_at IS NULL",
};

/**
 * How many users of a development environment hold a seat, so that free ones can be given away in the same transaction:
 * by registration or by restore. The lock on the environment's row makes all who give seats away take turns, in every
 * process on this database, so that nobody overshoots the limit. It must be the transaction's first lock: rows of users
 * come after it.
 */
export async function lockSeats(run: Run, environmentId: EnvironmentId): Promise<number> {
  const locked = await run(LOCK_ENVIRONMENT, [environmentId]);
  // Its app was deleted while this waited: nobody may register into nothing.
  if (locked.length === 0) throw new AppError("app_key_unknown");
  return countSeats(run, environmentId);
}

/** How many seats are taken now; without the lock they may be others' a moment later. */
export async function countSeats(run: Run, environmentId: EnvironmentId): Promise<number> {
  const [counted] = await run<{ count: number }>(COUNT_USERS, [environmentId]);
  return counted?.count ?? 0;
}
