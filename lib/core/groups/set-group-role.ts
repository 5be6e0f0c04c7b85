import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { roleOfClient } from "./client-rules";
import { groupEvents } from "./group-event";
import { lockGroup } from "./group-lock-store";
import { updateRole } from "./member-store";
import { findRole } from "./membership-store";
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
  await executeWithPrisma(context, actor, async (tx, run) => {
    const group = await lockGroup(tx, environmentId, groupId, "change");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user" && (await roleOfClient(tx, actor, groupId)) !== GROUP_ROLE.owner) {
      throw new AppError("group_forbidden", { message: "Only the owner can make admins." });
    }
    const before = await findRole(tx, environmentId, groupId, userId);
    if (before === null) throw new AppError("not_in_group", { field: "userId" });
    if (before === GROUP_ROLE.owner) throw new AppError("group_owner_only_dismisses");
    await requireSeen(run, actor, {
      seen,
      current: { role: before },
      target: { kind: "user", id: userId },
      actions: ["group.role_changed"],
      told: { group: groupId, role: GROUP_ROLE_WORDS[before].toLowerCase() },
    });
    if (before === role) return { result: undefined };
    await updateRole(tx, environmentId, groupId, userId, role);
    const of = (one: typeof before) => ({ group: groupId, role: GROUP_ROLE_WORDS[one].toLowerCase() });
    const target = { kind: "user", id: userId } as const;
    return {
      result: undefined,
      audit: [{ action: "group.role_changed", target, before: of(before), after: of(role) }],
      events: groupEvents(environmentId, groupId, [userId]),
    };
  });
}
