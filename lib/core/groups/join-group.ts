import type { Actor } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type AddedMembers, addMembers } from "./add-members";
import { requireOpenToJoin, requireSelf } from "./client-rules";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * Users join a group (contract section 17.2): without approval where an app server or an operator says so, and by the
 * group's `joinPerm` where a client asks for its own user. Throws `group_not_found`, `group_full`; for clients also
 * `group_forbidden` and `already_in_group`.
 */
export async function joinGroup(context: Context, actor: Actor, input: GroupUsersInput): Promise<AddedMembers> {
  const parsed = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") {
    requirePermission(actor, "groups.change");
    return addMembers(context, actor, parsed);
  }
  requireSelf(actor, parsed.userIds);
  return addMembers(context, actor, parsed, (_run, group, { known, already }) => {
    if (already.has(actor.userId)) throw new AppError("already_in_group");
    requireOpenToJoin(group);
    if (known.length === 0) throw new AppError("user_not_found");
  });
}
