import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, roleOfClient } from "./client-rules";
import { lockGroup, lockGroups } from "./group-store";
import { findMembersAmongIn } from "./member-store";
import { GROUP_ROLE } from "./permission-schema";
import { requireRoomForAdmins, roleChange } from "./role-change";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * Makes members admins of the group, all of them or none; who is one already stays it. A client may only if its user is the owner. Throws
 * `group_not_found`, `not_in_group` for whoever asks or is named and is not in it, `group_forbidden`, `group_owner_no_admin`, and
 * `group_too_many_roles` beyond ten.
 */
export async function addAdmins(context: Context, actor: Actor, input: GroupUsersInput): Promise<readonly string[]> {
  return changeAdmins(context, actor, input, GROUP_ROLE.admin);
}

/** Makes admins ordinary members again, all of them or none. Throws as `addAdmins`, and `not_group_admin`. */
export async function removeAdmins(context: Context, actor: Actor, input: GroupUsersInput): Promise<readonly string[]> {
  return changeAdmins(context, actor, input, GROUP_ROLE.member);
}

async function changeAdmins(context: Context, actor: Actor, input: GroupUsersInput, given: Change["given"]) {
  const parsed = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  return changeSideBySide(context, actor, { ...parsed, given });
}

interface Change extends z.output<typeof GroupUsersSchema> {
  readonly given: typeof GROUP_ROLE.member | typeof GROUP_ROLE.admin;
}

const changeSideBySide = executeSideBySide<Change, readonly string[]>({
  keysOf: ({ groupId }) => [groupId],
  lock: lockGroups("change"),
  async command(run, { actor, input: { groupId, userIds, given } }) {
    const { id: environmentId } = environmentOf(actor);
    const [group, members] = await Promise.all([
      lockGroup(run, environmentId, groupId, "change"),
      findMembersAmongIn(run, environmentId, groupId, userIds),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireOwner(await roleOfClient(run, actor, groupId), "Only the owner can make admins.");
    }
    if (members.length < userIds.length) throw new AppError("not_in_group", { field: "userIds" });
    if (userIds.includes(group.ownerId)) throw new AppError("group_owner_no_admin", { field: "userIds" });
    if (given === GROUP_ROLE.member && members.some(({ role }) => role === GROUP_ROLE.member)) {
      throw new AppError("not_group_admin", { field: "userIds" });
    }
    const changed = members.filter(({ role }) => role !== given).map(({ userId }) => userId);
    if (changed.length === 0) return { result: changed };
    if (given === GROUP_ROLE.admin) await requireRoomForAdmins(run, environmentId, groupId, changed.length);
    return { result: changed, ...roleChange(environmentId, groupId, changed, given) };
  },
});
