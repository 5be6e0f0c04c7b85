import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { transactionOn } from "@/lib/db/transaction";

const LOCK = {
  name: "test-lock-user",
  text: "SELECT user_id FROM users WHERE environment_id = $1 AND user_id = $2 FOR UPDATE",
};

// In the server, so that nothing that keeps this process busy comes between the two waits.
const LOCK_ONCE_WAITED_FOR = `DO $$ BEGIN
    FOR look IN 1..4000 LOOP
      PERFORM pg_stat_clear_snapshot();
      EXIT WHEN EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)));
      PERFORM pg_sleep(0.005);
    END LOOP;
    PERFORM FROM users WHERE environment_id = current_setting('test.environment')::int
      AND user_id = current_setting('test.wanted') FOR UPDATE;
  END $$`;

const NAME_WANTED = {
  name: "test-name-wanted",
  // Looks for no deadlock itself, or it would find this one first while the machine keeps the other from looking.
  text: `SELECT set_config('test.environment', $1::text, true), set_config('test.wanted', $2::text, true),
    set_config('deadlock_timeout', '1min', true)`,
};

/**
 * Carries out `work`, which locks several users, in the middle of a deadlock: another transaction has the user `held` and
 * asks for `wanted`, which `work` has by then. `work` looks for deadlocks and the other does not, so PostgreSQL refuses `work`.
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
    await run(NAME_WANTED, [environment.id, users.wanted]);
    outcome = work();
    outcome.catch(() => {});
    await run({ name: "test-lock-once-waited-for", text: LOCK_ONCE_WAITED_FOR }, []);
  });
  if (outcome === undefined) throw new Error("the work was not begun");
  return outcome;
}
