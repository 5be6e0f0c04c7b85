import { DEFAULT_GROUP_PERMISSIONS, type GroupPermissions } from "./permission-schema";
import type { GroupExtProfile, GroupProfile } from "./schema";

/** A group as everybody is shown it. */
export interface Group {
  readonly groupId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly profile: GroupProfile;
  readonly extended: GroupExtProfile;
  /** All of them, those at their default too. */
  readonly permissions: GroupPermissions;
  readonly createdAt: Date;
  readonly memberCount: number;
}

/** A group as it is stored: of the permissions only those that differ from their defaults. */
export interface StoredGroup extends Omit<Group, "permissions"> {
  readonly permissions: Partial<GroupPermissions>;
}

export function toGroup(stored: StoredGroup): Group {
  return {
    groupId: stored.groupId,
    name: stored.name,
    ownerId: stored.ownerId,
    profile: stored.profile,
    extended: stored.extended,
    permissions: { ...DEFAULT_GROUP_PERMISSIONS, ...stored.permissions },
    createdAt: stored.createdAt,
    memberCount: stored.memberCount,
  };
}
