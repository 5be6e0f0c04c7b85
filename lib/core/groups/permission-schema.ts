import { z } from "zod";

/** What a group lets its members do from their clients (contract section 17). App servers and operators are not bound by it. Browser-safe. */

/** A whole number from 0 to `max`. */
export const choiceUpTo = (max: number) => {
  const message = `Must be from 0 to ${max}.`;
  return z.int(message).min(0, message).max(max, message);
};

/** Who may do it: 0 the owner, 1 owner and admins, 2 every member. */
const byRole = choiceUpTo(2);

export const GroupPermissionsSchema = z.object({
  /** 0 the owner approves, 1 anyone joins, 2 owner or admins approve, 3 nobody joins. */
  joinPerm: choiceUpTo(3),
  removePerm: byRole,
  memInvitePerm: byRole,
  /** 0 the invited are members at once, 1 they are asked first. */
  invitePerm: choiceUpTo(1),
  profilePerm: byRole,
  /** Who may change what the group shows of a member: 0 owner, admins and the member, 1 owner and the member, 2 the member. */
  memProfilePerm: byRole,
});
export type GroupPermissions = z.infer<typeof GroupPermissionsSchema>;
export const DEFAULT_GROUP_PERMISSIONS: GroupPermissions = {
  joinPerm: 0,
  removePerm: 0,
  memInvitePerm: 0,
  invitePerm: 0,
  profilePerm: 0,
  memProfilePerm: 0,
};
