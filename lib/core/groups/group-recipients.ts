import { createBatch, perDatabase } from "@/lib/db/batch";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findMemberIds, type GroupKey } from "./recipient-store";

const finding = perDatabase((db) =>
  createBatch<GroupKey, string[] | null>({
    maxItems: 50,
    // One at a time, so that a sender's messages keep their order.
    maxInFlight: 1,
    run: (keys) => findMemberIds(onPool(db.pool), keys),
  }),
);

/**
 * Who gets a message to a group, its members without the soft-deleted ones: read anew each time, in one indexed read that
 * concurrent calls share. Throws `group_not_found`.
 */
export async function groupRecipients(
  context: Context,
  environmentId: EnvironmentId,
  groupId: string,
): Promise<ReadonlySet<string>> {
  const userIds = await finding(context.db)({ environmentId, groupId });
  if (userIds === null) throw new AppError("group_not_found");
  return new Set(userIds);
}
