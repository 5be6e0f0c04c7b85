import { retrying, transactionOn } from "@/lib/db/transaction";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { eraseInboxes } from "../user-data/user-data-store";
import { findLateInboxes, lockDeletionStates } from "./soft-delete-store";

/** Longer than a message can be on its way between the rule's judgement and the database. */
const ON_ITS_WAY_MS = 2 * 60_000;

/**
 * Erases what users have sent, and got, that was judged before their soft delete and stored after it: storing a message locks no user.
 * Gives how many of them up to `limit` were looked at.
 */
export async function eraseLateMessages({ db }: Context, now: Date, limit: number): Promise<number> {
  const found = await findLateInboxes(db.prisma, new Date(now.getTime() - ON_ITS_WAY_MS), limit);
  const byEnvironment = new Map<EnvironmentId, string[]>();
  for (const { environmentId, userId } of found) {
    byEnvironment.set(environmentId, [...(byEnvironment.get(environmentId) ?? []), userId]);
  }
  for (const [environmentId, userIds] of byEnvironment) {
    await retrying(() =>
      transactionOn(db.pool, async (run) => {
        // Whoever was restored meanwhile keeps what has been said since.
        const states = await lockDeletionStates(run, environmentId, userIds);
        const deleted = userIds.filter((userId) => (states.get(userId)?.softDeletedAt ?? null) !== null);
        await eraseInboxes(run, environmentId, deleted);
      }),
    );
  }
  return found.length;
}
