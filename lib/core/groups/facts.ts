import type { GroupPermissions } from "./permission-schema";

export const GROUP_ROLE = { member: 1, admin: 2, owner: 3 } as const;

export type GroupRole = (typeof GROUP_ROLE)[keyof typeof GROUP_ROLE];

export const GROUP_ROLE_WORDS: Record<GroupRole, string> = { 1: "Member", 2: "Admin", 3: "Owner" };

export type GroupPermission = keyof GroupPermissions;

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

/** Most members of a group, the owner included. */
export const GROUP_MEMBER_LIMIT = 3_000;
