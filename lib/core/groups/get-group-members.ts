import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireMembership } from "./client-rules";
import { findGroup } from "./group-store";
import { findMembersAmong, type StoredMember } from "./member-store";
import { type GroupUsersInput, GroupUsersSchema } from "./schema";

export type { StoredMember } from "./member-store";

/**
 * Of these users those who are in the group, in the order asked (contract section 17.6). A client may while its user is a
 * member. Throws `group_not_found`, `not_in_group`.
 */
export async function getGroupMembers(
  context: Context,
  actor: Actor,
  input: GroupUsersInput,
): Promise<readonly StoredMember[]> {
  const { groupId, userIds } = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const members = await findMembersAmong(context.db, environmentId, groupId, userIds);
  // A group with members is there.
  if (members.length === 0 && (await findGroup(context.db, environmentId, groupId)) === null) {
    throw new AppError("group_not_found", { field: "groupId" });
  }
  if (actor.kind === "app_user") await requireMembership(context.db, actor, groupId);
  return members;
}
