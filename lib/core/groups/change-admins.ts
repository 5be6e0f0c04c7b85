import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, roleOfClient } from "./client-rules";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup } from "./group-store";
import { findAdminIdsIn, findMembersAmongIn, setRoles } from "./member-store";
import { GROUP_ROLE, GROUP_ROLE_WORDS } from "./permission-schema";
import { GROUP_ADMIN_MAX, type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * Makes members admins of the group, all of them or none; who is one already stays it. A client may only if its user is the owner. Throws
 * `group_not_found`, `not_in_group` for whoever asks or is named and is not in it, `group_forbidden`, `group_owner_no_admin`, and
 * `group_too_many_roles` beyond ten.
 */
export async function addAdmins(context: Context, actor: Actor, input: GroupUsersInput): Promise<readonly string[]> {
  return changeAdmins(context, actor, input, "add");
}

/** Makes admins ordinary members again, all of them or none. Throws as `addAdmins`, and `not_group_admin`. */
export async function removeAdmins(context: Context, actor: Actor, input: GroupUsersInput): Promise<readonly string[]> {
  return changeAdmins(context, actor, input, "remove");
}

async function changeAdmins(context: Context, actor: Actor, input: GroupUsersInput, change: "add" | "remove") {
  const { groupId, userIds } = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  const { id: environmentId } = environmentOf(actor);
  return execute(context, actor, async (run) => {
    const [group, members, admins] = await Promise.all([
      lockGroup(run, environmentId, groupId, "change"),
      findMembersAmongIn(run, environmentId, groupId, userIds),
      findAdminIdsIn(run, environmentId, groupId),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireOwner(await roleOfClient(run, actor, groupId), "Only the owner can make admins.");
    }
    if (members.length < userIds.length) throw new AppError("not_in_group", { field: "userIds" });
    if (userIds.includes(group.ownerId)) throw new AppError("group_owner_no_admin", { field: "userIds" });
    if (change === "remove" && !userIds.every((userId) => admins.includes(userId))) {
      throw new AppError("not_group_admin", { field: "userIds" });
    }
    const changed = change === "add" ? userIds.filter((userId) => !admins.includes(userId)) : userIds;
    if (changed.length === 0) return { result: changed };
    if (change === "add" && admins.length + changed.length > GROUP_ADMIN_MAX) {
      throw new AppError("group_too_many_roles", { message: `A group has at most ${GROUP_ADMIN_MAX} admins.` });
    }
    const [before, after] =
      change === "add" ? [GROUP_ROLE.member, GROUP_ROLE.admin] : [GROUP_ROLE.admin, GROUP_ROLE.member];
    const of = (role: typeof before) => ({ group: groupId, role: GROUP_ROLE_WORDS[role].toLowerCase() });
    const operation = change === "add" ? GROUP_OPERATION.addAdmin : GROUP_OPERATION.removeAdmin;
    return {
      result: changed,
      pending: setRoles(run, environmentId, groupId, changed, after),
      audit: changed.map((userId) => ({
        action: "group.role_changed",
        target: { kind: "user", id: userId },
        before: of(before),
        after: of(after),
      })),
      events: groupEvents(environmentId, groupId, changed, operation),
    };
  });
}
