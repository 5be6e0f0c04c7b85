import type { Database } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { AppUser } from "../actor";
import { AppError } from "../errors";
import { GROUP_ROLE, type GroupRole } from "./facts";
import type { Group } from "./group";
import { findMembersAmong, findMembersAmongIn, type StoredMember } from "./member-store";
import type { GroupPermissions } from "./permission-schema";

/** What a group's permissions mean for the clients of its members (contract section 17). */

/** The role of the user who asks. Throws `not_in_group`. */
export async function roleOfClient(run: Run, actor: AppUser, groupId: string): Promise<GroupRole> {
  return roleAmong(await findMembersAmongIn(run, actor.environment.id, groupId, [actor.userId]));
}

/** What a member may read. Throws `not_in_group` unless the user who asks is one. */
export async function requireMembership(db: Database, actor: AppUser, groupId: string): Promise<void> {
  roleAmong(await findMembersAmong(db, actor.environment.id, groupId, [actor.userId]));
}

function roleAmong([member]: readonly StoredMember[]): GroupRole {
  if (member === undefined) throw new AppError("not_in_group", { message: "You are not in this group." });
  return member.role;
}

/** Throws `group_forbidden`, of inviting `group_invite_forbidden`, unless the permission lets this role do it. */
export function requireRoleFor(
  group: Group,
  permission: "removePerm" | "memInvitePerm" | "profilePerm",
  role: GroupRole,
): void {
  const level = group.permissions[permission];
  if (level === 2 || role === GROUP_ROLE.owner || (level === 1 && role === GROUP_ROLE.admin)) return;
  throw new AppError(permission === "memInvitePerm" ? "group_invite_forbidden" : "group_forbidden");
}

/** What only the owner's client may. Throws `group_forbidden` with the sentence. */
export function requireOwner(role: GroupRole, message: string): void {
  if (role !== GROUP_ROLE.owner) throw new AppError("group_forbidden", { message });
}

/** Whether anyone may join by themselves; false: somebody has to approve. Throws `group_not_open` where nobody may. */
export function isOpenToJoin(group: Group): boolean {
  if (group.permissions.joinPerm === 3) throw new AppError("group_not_open");
  return group.permissions.joinPerm === 1;
}

/** Throws `group_consent_needed` where the invited would have to consent, which cannot be asked of them. */
export function requireInvitesWithoutConsent(permissions: GroupPermissions): void {
  if (permissions.invitePerm !== 0) throw new AppError("group_consent_needed");
}

/** Throws `group_forbidden` unless a member of this role may change what the group shows of `userId`. */
export function requireMemberInfoChange(group: Group, actor: AppUser, role: GroupRole, userId: string): void {
  const level = group.permissions.memProfilePerm;
  if (userId === actor.userId) return;
  if (role === GROUP_ROLE.owner && level < 2) return;
  if (role === GROUP_ROLE.admin && level === 0) return;
  throw new AppError("group_forbidden");
}

/** Throws `forbidden` where a client names somebody else than its own user. */
export function requireSelf(actor: AppUser, userIds: readonly string[]): void {
  if (userIds.every((userId) => userId === actor.userId)) return;
  throw new AppError("forbidden", { message: "This belongs to another user." });
}
