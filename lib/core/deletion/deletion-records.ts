import type { BusEvent } from "@/lib/bus/bus";
import type { EnvironmentId } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { removedOf } from "../user-data/schema";
import type { Deletion } from "./deletion-store";

/** The audit entries of a deletion: one for each user, one for each group that went with its owner. */
export function deletionRecords({ users, dismissed, erased }: Deletion, job?: string): AuditRecord[] {
  return [
    ...users.map((user): AuditRecord => {
      const after = { ...(job === undefined ? {} : { job }), ...removedOf(erased, user.userId) };
      return {
        action: "user.deleted",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { name: user.name, ...(user.softDeleted ? { softDeleted: true } : {}) },
        ...(Object.keys(after).length === 0 ? {} : { after }),
      };
    }),
    ...dismissed.map(
      (group): AuditRecord => ({
        action: "group.dismissed",
        target: { kind: "group", id: group.groupId, name: group.name },
        before: { owner: group.ownerId, members: group.members },
      }),
    ),
  ];
}

/** What every process is told: who is gone, and whose memberships have ended. */
export function deletionEvents(
  environmentId: EnvironmentId,
  users: readonly string[],
  memberships: Deletion["memberships"],
): BusEvent[] {
  const byGroup = new Map<string, string[]>();
  for (const { groupId, userId } of memberships) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), userId]);
  return [
    ...(users.length > 0 ? [{ type: "users.deleted", environmentId, userIds: users } as const] : []),
    ...[...byGroup].map(([groupId, userIds]) => ({ type: "groups.changed", environmentId, groupId, userIds }) as const),
  ];
}
