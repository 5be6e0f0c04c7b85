import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";

/** Tells every process that the membership of these users in the group, or what it shows of them, has changed. After commit. */
export async function publishGroupChange(
  context: Context,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  await publishAfterCommit(context, { type: "groups.changed", environmentId, groupId, userIds });
}
