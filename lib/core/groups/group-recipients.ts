import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findMemberIds } from "./recipient-store";

/**
 * Who gets a message to a group, its members without the soft-deleted ones: read anew each time, in one indexed read that
 * concurrent calls share. Throws `group_not_found`.
 */
export async function groupRecipients(
  context: Context,
  environmentId: EnvironmentId,
  groupId: string,
): Promise<ReadonlySet<string>> {
  const userIds = await findMemberIds(context.db, environmentId, groupId);
  if (userIds === null) throw new AppError("group_not_found");
  return new Set(userIds);
}
