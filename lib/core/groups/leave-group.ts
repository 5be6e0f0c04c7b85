import type { Actor } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { requireSelf, roleOfClient } from "./client-rules";
import { removeMembers } from "./remove-members";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * Users leave a group (contract section 17.3), soft-deleted ones too; who is not in it is skipped. A client leaves with
 * its own user, who must be in it (`not_in_group`). Gives who has left. Throws `group_not_found` and
 * `group_owner_only_dismisses`.
 */
export async function leaveGroup(context: Context, actor: Actor, input: GroupUsersInput): Promise<readonly string[]> {
  const parsed = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") {
    requirePermission(actor, "groups.change");
    return removeMembers(context, actor, parsed);
  }
  requireSelf(actor, parsed.userIds);
  return removeMembers(context, actor, parsed, async (run, group) => {
    await roleOfClient(run, actor, group.groupId);
  });
}
