import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";

/**
 * The seam between real time and the time of an environment (docs/decisions/0080-the-test-clock.md). A door hands its use cases
 * `contextIn(context, environment)`, whose `now` is the environment's. Without a test clock that is the same context.
 */
export function contextIn(context: Context, environment: Pick<EnvironmentRef, "clock"> | null): Context {
  const aheadMs = environment?.clock?.aheadMs ?? 0;
  return aheadMs === (context.aheadMs ?? 0) ? context : { ...context, aheadMs, now: () => realNow(context) + aheadMs };
}

/**
 * Real time in Unix milliseconds, whatever the environment's clock says: for leases, sessions, tokens of operators, signatures,
 * rate windows and the audit log.
 */
export const realNow = (context: Pick<Context, "now" | "aheadMs">): number => context.now() - (context.aheadMs ?? 0);
