import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { roleOfClient } from "./client-rules";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup } from "./group-store";
import { findMembersAmongIn, updateMember } from "./member-store";
import { GROUP_ROLE, GROUP_ROLE_WORDS } from "./permission-schema";
import { type SetGroupRoleInput, SetGroupRoleSchema } from "./schema";

/**
 * Makes a member an admin of the group, or an ordinary member again. A client may only if its user is the owner. Throws
 * `group_not_found`, `not_in_group`, `group_forbidden`, and `group_owner_only_dismisses` for the owner's own role;
 * `version_conflict` when the role is not as `seen`.
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
    if (actor.kind === "app_user" && (await roleOfClient(run, actor, groupId)) !== GROUP_ROLE.owner) {
      throw new AppError("group_forbidden", { message: "Only the owner can make admins." });
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
    const of = (one: typeof before) => ({ group: groupId, role: GROUP_ROLE_WORDS[one].toLowerCase() });
    const target = { kind: "user", id: userId } as const;
    return {
      result: undefined,
      pending: updateMember(run, environmentId, groupId, userId, { role }),
      audit: [{ action: "group.role_changed", target, before: of(before), after: of(role) }],
      events: groupEvents(
        environmentId,
        groupId,
        [userId],
        role === GROUP_ROLE.admin ? GROUP_OPERATION.addAdmin : GROUP_OPERATION.removeAdmin,
      ),
    };
  });
}
