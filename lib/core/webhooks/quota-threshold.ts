import { quotaThresholds } from "../quota/schema";
import { quotaThresholdEvent } from "./events";
import type { WebhookEvent } from "./schema";

/**
 * The events of the thresholds that a development environment has just reached: from `before` to `after` registered users of `limit`.
 * For the outcome of the command that takes the seats and holds the lock on the environment, so that each crossing is told
 * once; none below every threshold. `now` is Unix milliseconds.
 */
export function quotaThresholdEvents(
  now: number,
  { before, after, limit }: { readonly before: number; readonly after: number; readonly limit: number },
): WebhookEvent[] {
  return quotaThresholds(limit)
    .filter((threshold) => before < threshold && threshold <= after)
    .map((threshold) => quotaThresholdEvent({ threshold, registeredUsers: after, limit, time: now }));
}
