import type { GroupPermission } from "./facts";
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

/** Only what is set is stored: "" unsets a key. */
export const withoutEmpty = <Texts extends Record<string, string | undefined>>(texts: Texts) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== "" && text !== undefined)) as Texts;

/** Only what differs is stored. */
export function withoutDefaults(permissions: GroupPermissions): Partial<GroupPermissions> {
  const keys = Object.keys(permissions) as GroupPermission[];
  const changed = keys.filter((key) => permissions[key] !== DEFAULT_GROUP_PERMISSIONS[key]);
  return Object.fromEntries(changed.map((key) => [key, permissions[key]]));
}
