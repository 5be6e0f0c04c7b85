import { expect } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { transactionOn } from "@/lib/db/transaction";

const LOCK = {
  name: "test-lock-user",
  text: "SELECT user_id FROM users WHERE environment_id = $1 AND user_id = $2 FOR UPDATE",
};

const WAITING = `SELECT count(*)::int AS count FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/**
 * Carries out `work`, which locks several users, in the middle of a deadlock: another transaction has the user `held` and
 * asks for `wanted`, which `work` has by then. It is the first to wait, so PostgreSQL refuses `work` and not the other.
 */
export async function inDeadlock<T>(
  context: Context,
  environment: EnvironmentRef,
  users: { readonly held: string; readonly wanted: string },
  work: () => Promise<T>,
): Promise<T> {
  const { pool } = context.db;
  let outcome: Promise<T> | undefined;
  await transactionOn(pool, async (run) => {
    await run(LOCK, [environment.id, users.held]);
    outcome = work();
    outcome.catch(() => {});
    const waiting = async () => (await pool.query<{ count: number }>(WAITING)).rows[0]?.count;
    await expect.poll(waiting, { interval: 5 }).toBe(1);
    await run(LOCK, [environment.id, users.wanted]);
  });
  if (outcome === undefined) throw new Error("the work was not begun");
  return outcome;
}
