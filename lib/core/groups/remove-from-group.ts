import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireRoleFor, roleOfClient } from "./client-rules";
import { findMembersAmongIn } from "./member-store";
import { removeMembers } from "./remove-members";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * A member's client takes others out of the group, by its `removePerm`. Throws `group_not_found`; `not_in_group` for
 * whoever asks or is named and is not in it; `group_forbidden`; and `group_owner_only_dismisses`.
 */
export async function removeFromGroup(
  context: Context,
  actor: AppUser,
  input: GroupUsersInput,
): Promise<readonly string[]> {
  const parsed = GroupUsersSchema.parse(input);
  if (parsed.userIds.includes(actor.userId)) {
    throw new AppError("invalid_parameter", {
      message: "Leave the group instead of removing yourself.",
      field: "userIds",
    });
  }
  return removeMembers(context, actor, parsed, async (run, group) => {
    requireRoleFor(group, "removePerm", await roleOfClient(run, actor, group.groupId));
    const members = await findMembersAmongIn(run, actor.environment.id, group.groupId, parsed.userIds);
    if (members.length < parsed.userIds.length) throw new AppError("not_in_group");
  });
}
