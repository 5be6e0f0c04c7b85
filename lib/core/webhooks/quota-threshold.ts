import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { DEVELOPMENT_USER_LIMIT, QUOTA_THRESHOLDS } from "../quota/schema";
import { quotaThresholdEvent } from "./events";
import { recordWebhookEvents } from "./webhook-event-store";

/**
 * Tells the webhook of the thresholds that a development environment has just reached: from `before` to `after`
 * registered users. Call it in the transaction that takes the seats and holds the lock on the environment, so that each
 * crossing is told once; below every threshold it does nothing at all. `now` is Unix milliseconds.
 */
export async function recordQuotaThresholds(
  run: Run,
  environmentId: EnvironmentId,
  now: number,
  seats: { readonly before: number; readonly after: number },
): Promise<void> {
  const reached = QUOTA_THRESHOLDS.filter((threshold) => seats.before < threshold && threshold <= seats.after);
  await recordWebhookEvents(
    run,
    environmentId,
    now,
    reached.map((threshold) =>
      quotaThresholdEvent({ threshold, registeredUsers: seats.after, limit: DEVELOPMENT_USER_LIMIT, time: now }),
    ),
  );
}
