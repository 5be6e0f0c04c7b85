import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type AddedMembers, addMembers } from "./add-members";
import { requireInvitesWithoutConsent, requireRoleFor, roleOfClient } from "./client-rules";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * A member's client adds users, who are members at once (client contract section 7). Who is a member already is skipped;
 * when all of them are, `already_in_group`. Throws `group_not_found`, `not_in_group`, `group_full`, and
 * `group_forbidden` by `memInvitePerm` and where `invitePerm` asks for the consent of the invited.
 */
export async function inviteToGroup(context: Context, actor: AppUser, input: GroupUsersInput): Promise<AddedMembers> {
  const parsed = GroupUsersSchema.parse(input);
  return addMembers(context, actor, parsed, async (run, group, { known, already }) => {
    requireRoleFor(group, "memInvitePerm", await roleOfClient(run, actor, group.groupId));
    requireInvitesWithoutConsent(group.permissions);
    if (known.length > 0 && already.size === known.length) throw new AppError("already_in_group");
    return true;
  });
}
