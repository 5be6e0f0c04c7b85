import type { Actor, AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { publish } from "../publish";
import { type AddedMembers, addMembers } from "./add-members";
import { isOpenToJoin, requireSelf } from "./client-rules";
import type { Group } from "./group";
import { findAdminIds } from "./member-store";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

/**
 * Users join a group (contract section 17.2): without approval where an app server or an operator says so, and by the
 * group's `joinPerm` where a client asks for its own user. Where that wants an approval nobody has joined, and those who may approve
 * are told (docs/decisions/0131). Throws `group_not_found`, `group_full`; for clients also `group_not_open` and `already_in_group`.
 */
export async function joinGroup(context: Context, actor: Actor, input: GroupUsersInput): Promise<AddedMembers> {
  const parsed = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") {
    requirePermission(actor, "groups.change");
    return addMembers(context, actor, parsed);
  }
  requireSelf(actor, parsed.userIds);
  const outcome = await addMembers(context, actor, parsed, (_run, group, { known, already }) => {
    if (already.has(actor.userId)) throw new AppError("already_in_group");
    if (known.length === 0) throw new AppError("user_not_found");
    return isOpenToJoin(group);
  });
  if (outcome.joined.length === 0) await tellOfApplication(context, actor, outcome.group);
  return outcome;
}

/** An application is told to who may approve it and not kept: they let the user in by inviting. */
async function tellOfApplication(context: Context, actor: AppUser, group: Group): Promise<void> {
  const { id: environmentId } = actor.environment;
  const admins = group.permissions.joinPerm === 2 ? await findAdminIds(context.db, environmentId, group.groupId) : [];
  await publish(context, {
    type: "groups.applied",
    environmentId,
    groupId: group.groupId,
    applicantId: actor.userId,
    userIds: [group.ownerId, ...admins],
    at: context.now(),
  });
}
