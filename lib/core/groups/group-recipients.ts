import { createBatch, perDatabase } from "@/lib/db/batch";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findMemberIds, type GroupKey } from "./recipient-store";

const finding = perDatabase((db) =>
  createBatch<GroupKey, string[]>({
    maxItems: 50,
    maxInFlight: 2,
    run: (keys) => findMemberIds(onPool(db.pool), keys),
  }),
);

/**
 * Who is in a group, for a message to it: read anew each time, in one indexed read that concurrent calls share. Throws
 * `group_not_found`; a group is never empty, since its owner cannot leave.
 */
export async function groupRecipients(
  context: Context,
  environmentId: EnvironmentId,
  groupId: string,
): Promise<ReadonlySet<string>> {
  const userIds = await finding(context.db)({ environmentId, groupId });
  if (userIds.length === 0) throw new AppError("group_not_found");
  return new Set(userIds);
}
