import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireMembership } from "./client-rules";
import { findGroup } from "./group-store";
import { findNamedMembers, type NamedMember } from "./member-list-store";
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
  return found(context, actor, input, findMembersAmong);
}

/** The same with the name and avatar that everybody sees. */
export async function getNamedMembers(
  context: Context,
  actor: Actor,
  input: GroupUsersInput,
): Promise<readonly NamedMember[]> {
  return found(context, actor, input, findNamedMembers);
}

async function found<Member>(
  context: Context,
  actor: Actor,
  input: GroupUsersInput,
  find: (
    db: Context["db"],
    environmentId: EnvironmentId,
    groupId: string,
    userIds: readonly string[],
  ) => Promise<Member[]>,
): Promise<readonly Member[]> {
  const { groupId, userIds } = GroupUsersSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const members = await find(context.db, environmentId, groupId, userIds);
  // A group with members is there.
  if (members.length === 0 && (await findGroup(context.db, environmentId, groupId)) === null) {
    throw new AppError("group_not_found", { field: "groupId" });
  }
  if (actor.kind === "app_user") await requireMembership(context.db, actor, groupId);
  return members;
}
