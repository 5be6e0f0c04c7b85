import type { EnvironmentId } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import type { Context } from "../context";
import { publishGroupChange } from "../groups/publish-group-change";
import { publishAfterCommit } from "../publish";
import type { Deletion } from "./deletion-store";

/** The audit entries of a deletion: one for each user, one for each group that went with its owner. */
export function deletionRecords({ users, dismissed }: Deletion, job?: string): AuditRecord[] {
  return [
    ...users.map(
      (user): AuditRecord => ({
        action: "user.deleted",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { name: user.name, ...(user.softDeleted ? { softDeleted: true } : {}) },
        ...(job === undefined ? {} : { after: { job } }),
      }),
    ),
    ...dismissed.map(
      (group): AuditRecord => ({
        action: "group.dismissed",
        target: { kind: "group", id: group.groupId, name: group.name },
        before: { owner: group.ownerId, members: group.members },
      }),
    ),
  ];
}

/** Tells every process who is gone and whose memberships have ended. After commit. */
export async function publishDeletion(
  context: Context,
  environmentId: EnvironmentId,
  { users, memberships }: Pick<Deletion, "memberships"> & { readonly users: readonly string[] },
): Promise<void> {
  await publishAfterCommit(context, { type: "users.deleted", environmentId, userIds: users });
  const byGroup = new Map<string, string[]>();
  for (const { groupId, userId } of memberships) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), userId]);
  for (const [groupId, userIds] of byGroup) await publishGroupChange(context, environmentId, groupId, userIds);
}
