import type { GroupMemberRole } from "./group-members";
import { withPortrait } from "./names";

/** How one joins a group. */
export enum GroupJoinPermission {
  OWNER_VERIFY = 0,
  FREE = 1,
  OWNER_OR_MANAGER_VERIFY = 2,
  NO_ONE_ALLOWED = 3,
}

/** Who in a group may do something. */
export enum GroupOperationPermission {
  OWNER = 0,
  OWNER_OR_MANAGER = 1,
  EVERYONE = 2,
}

/** Whether the invited are members at once. */
export enum GroupInviteHandlePermission {
  FREE = 0,
  INVITEE_VERIFY = 1,
}

/** Who may change what the group shows of a member. */
export enum GroupMemberInfoEditPermission {
  OWNER_OR_MANAGER_OR_SELF = 0,
  OWNER_OR_SELF = 1,
  SELF = 2,
}

/** What a group lets its members do. What is left out stays as it is. */
export interface GroupPermissions {
  readonly joinPermission?: GroupJoinPermission;
  readonly invitePermission?: GroupOperationPermission;
  readonly inviteHandlePermission?: GroupInviteHandlePermission;
  readonly removeMemberPermission?: GroupOperationPermission;
  readonly groupInfoEditPermission?: GroupOperationPermission;
  readonly memberInfoEditPermission?: GroupMemberInfoEditPermission;
}

/** The names of the permissions on the wire. */
const WIRE_PERMISSIONS = {
  joinPermission: "joinPerm",
  invitePermission: "memInvitePerm",
  inviteHandlePermission: "invitePerm",
  removeMemberPermission: "removePerm",
  groupInfoEditPermission: "profilePerm",
  memberInfoEditPermission: "memProfilePerm",
} as const satisfies Record<keyof GroupPermissions, string>;
const PERMISSIONS = Object.entries(WIRE_PERMISSIONS) as [keyof GroupPermissions, string][];

/** What a group tells of itself, as its members may change it. */
export interface GroupDetails extends GroupPermissions {
  readonly groupName?: string;
  /** "" removes it. */
  readonly avatarUrl?: string;
  /** The older name of `avatarUrl`. */
  readonly portraitUri?: string;
  readonly introduction?: string;
  readonly notice?: string;
  /** `ext_…` keys; merged, "" removes. */
  readonly extProfile?: Readonly<Record<string, string>>;
}

export interface UpdateGroupParams extends GroupDetails {
  /** The channel's own group; may be left out. */
  readonly groupId?: string;
}

export interface CreateGroupParams extends GroupDetails {
  readonly groupId: string;
  readonly groupName: string;
  /** They are added at once. */
  readonly inviteeUserIds?: readonly string[];
}

/** A group as this user sees it. */
export interface GroupInfo extends Required<GroupDetails> {
  readonly groupId: string;
  readonly ownerId: string;
  readonly memberCount: number;
  /** Unix milliseconds */
  readonly createTime: number;
  /** This user's own place in it; missing for a group that the user is not in. */
  readonly role?: GroupMemberRole;
}

/** A group that this user is in. */
export interface JoinedGroup extends GroupInfo {
  /** How this user is called in it. */
  readonly nickname?: string;
  /** What this user calls the group. */
  readonly alias?: string;
  /** Unix milliseconds */
  readonly joinedTime?: number;
}

/** A group as the gateway tells it. */
export interface WireGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly portraitUri: string;
  readonly introduction: string;
  readonly notice: string;
  readonly extProfile: Readonly<Record<string, string>>;
  readonly ownerId: string;
  readonly memberCount: number;
  readonly createTime: number;
  readonly permissions: Readonly<Record<string, number>>;
  readonly role?: GroupMemberRole;
}

export function toGroupInfo<Wire extends WireGroup>({ permissions, ...rest }: Wire) {
  const named = PERMISSIONS.map(([name, wire]) => [name, permissions[wire] ?? 0]);
  const told = { ...rest, avatarUrl: rest.portraitUri, ...Object.fromEntries(named) };
  return told as unknown as GroupInfo & Omit<Wire, "permissions">;
}

/** What a member says of a group, as the gateway takes it. */
export function fromGroupDetails(details: GroupDetails): Readonly<Record<string, unknown>> {
  const { groupName, avatarUrl, portraitUri, introduction, notice, extProfile } = details;
  const texts = withPortrait({ groupName, portraitUri, avatarUrl, introduction, notice, extProfile });
  const permissions = PERMISSIONS.flatMap(([name, wire]) =>
    details[name] === undefined ? [] : [[wire, details[name]]],
  );
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    ...(permissions.length === 0 ? {} : { permissions: Object.fromEntries(permissions) }),
  };
}

/** The names in which `onGroupInfoChanged` says what has changed. */
const CHANGED: Readonly<Record<string, keyof GroupDetails>> = {
  name: "groupName",
  portraitUrl: "avatarUrl",
  introduction: "introduction",
  announcement: "notice",
  ...Object.fromEntries(PERMISSIONS.map(([name, wire]) => [wire, name])),
};

/** Each once; attributes under their own names. */
export const changedNames = (wire: readonly string[]): readonly string[] => wire.map((key) => CHANGED[key] ?? key);
