import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, roleOfClient } from "./client-rules";
import { GROUP_ROLE, GROUP_ROLE_WORDS } from "./facts";
import { lockGroup } from "./group-store";
import { findMembersAmongIn } from "./member-store";
import { requireRoomForAdmins, roleChange } from "./role-change";
import { type SetGroupRoleInput, SetGroupRoleSchema } from "./schema";

/**
 * Makes a member an admin of the group, or an ordinary member again. A client may only if its user is the owner. Throws
 * `group_not_found`, `not_in_group`, `group_forbidden`, `group_too_many_roles` beyond ten admins, and `group_owner_only_dismisses`
 * for the owner's own role; `version_conflict` when the role is not as `seen`.
 */
export async function setGroupRole(context: Context, actor: Actor, input: SetGroupRoleInput): Promise<void> {
  const { groupId, userId, role, seen } = SetGroupRoleSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  const { id: environmentId } = environmentOf(actor);
  await execute(context, actor, async (run) => {
    const [group, [member]] = await Promise.all([
      lockGroup(run, environmentId, groupId, "change"),
      findMembersAmongIn(run, environmentId, groupId, [userId]),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireOwner(await roleOfClient(run, actor, groupId), "Only the owner can make admins.");
    }
    if (member === undefined) throw new AppError("not_in_group", { field: "userId" });
    const before = member.role;
    if (before === GROUP_ROLE.owner) throw new AppError("group_owner_only_dismisses");
    await requireSeen(run, actor, {
      seen,
      current: { role: before },
      target: { kind: "user", id: userId },
      actions: ["group.role_changed"],
      told: { group: groupId, role: GROUP_ROLE_WORDS[before].toLowerCase() },
    });
    if (before === role) return { result: undefined };
    if (role === GROUP_ROLE.admin) await requireRoomForAdmins(run, environmentId, groupId, 1);
    return { result: undefined, ...roleChange(run, environmentId, groupId, [userId], role) };
  });
}
