import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { AppError } from "../errors";
import { GROUP_ROLE, GROUP_ROLE_WORDS, type GroupRole } from "./facts";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { findAdminIdsIn, setRoles } from "./member-store";
import { GROUP_ADMIN_MAX } from "./schema";

/** Throws `group_too_many_roles` unless as many members more may become admins of the group, which is locked. */
export async function requireRoomForAdmins(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  more: number,
): Promise<void> {
  const admins = await findAdminIdsIn(run, environmentId, groupId);
  if (admins.length + more <= GROUP_ADMIN_MAX) return;
  throw new AppError("group_too_many_roles", { message: `A group has at most ${GROUP_ADMIN_MAX} admins.` });
}

/** Members of the group, which is locked, become admins, or ordinary members again: what is written, recorded and told. */
export function roleChange(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  role: typeof GROUP_ROLE.member | typeof GROUP_ROLE.admin,
) {
  const promoted = role === GROUP_ROLE.admin;
  const of = (one: GroupRole) => ({ group: groupId, role: GROUP_ROLE_WORDS[one].toLowerCase() });
  return {
    pending: setRoles(run, environmentId, groupId, userIds, role),
    audit: userIds.map((userId) => ({
      action: "group.role_changed" as const,
      target: { kind: "user" as const, id: userId },
      before: of(promoted ? GROUP_ROLE.member : GROUP_ROLE.admin),
      after: of(role),
    })),
    events: groupEvents(
      environmentId,
      groupId,
      userIds,
      promoted ? GROUP_OPERATION.addAdmin : GROUP_OPERATION.removeAdmin,
    ),
  };
}
