import { z } from "zod";

/** What a group lets its members do from their clients (contract section 17). App servers and operators are not bound by it. Browser-safe. */

export const GROUP_ROLE = { member: 1, admin: 2, owner: 3 } as const;
export type GroupRole = (typeof GROUP_ROLE)[keyof typeof GROUP_ROLE];

export const GROUP_ROLE_WORDS: Record<GroupRole, string> = { 1: "Member", 2: "Admin", 3: "Owner" };

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
export type GroupPermission = keyof GroupPermissions;

export const DEFAULT_GROUP_PERMISSIONS: GroupPermissions = {
  joinPerm: 0,
  removePerm: 0,
  memInvitePerm: 0,
  invitePerm: 0,
  profilePerm: 0,
  memProfilePerm: 0,
};

interface PermissionWords {
  readonly label: string;
  /** By value. */
  readonly values: readonly string[];
}

const ROLE_VALUES = ["The owner", "The owner and admins", "Every member"];

/** The words of each permission and of its values, for screens. */
export const GROUP_PERMISSION_WORDS: Record<GroupPermission, PermissionWords> = {
  joinPerm: {
    label: "Joining",
    values: ["With the owner’s approval", "Anyone", "With the owner’s or an admin’s approval", "Nobody"],
  },
  memInvitePerm: { label: "Inviting", values: ROLE_VALUES },
  invitePerm: { label: "Consent of the invited", values: ["Not needed", "Needed"] },
  removePerm: { label: "Removing members", values: ROLE_VALUES },
  profilePerm: { label: "Changing the group’s profile", values: ROLE_VALUES },
  memProfilePerm: {
    label: "Changing nicknames",
    values: ["The owner, admins and the member", "The owner and the member", "The member"],
  },
};
