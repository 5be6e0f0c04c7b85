import { DEVELOPMENT_USER_LIMIT, QUOTA_THRESHOLDS } from "../quota/schema";
import { quotaThresholdEvent } from "./events";
import type { WebhookEvent } from "./schema";

/**
 * The events of the thresholds that a development environment has just reached: from `before` to `after` registered users.
 * For the outcome of the command that takes the seats and holds the lock on the environment, so that each crossing is told
 * once; none below every threshold. `now` is Unix milliseconds.
 */
export function quotaThresholdEvents(
  now: number,
  seats: { readonly before: number; readonly after: number },
): WebhookEvent[] {
  return QUOTA_THRESHOLDS.filter((threshold) => seats.before < threshold && threshold <= seats.after).map((threshold) =>
    quotaThresholdEvent({ threshold, registeredUsers: seats.after, limit: DEVELOPMENT_USER_LIMIT, time: now }),
  );
}
