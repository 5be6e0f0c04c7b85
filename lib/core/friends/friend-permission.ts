import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { requireOnBehalfOf } from "../permissions";
import { settingsOf } from "../settings/settings-of";
import { lockUsers, userKey } from "../users/locked-users-store";
import { findPermissions } from "./friend-lookup-store";
import { permissionWrite } from "./friend-permission-store";
import {
  defaultPermission,
  type FriendPermission,
  type GetFriendPermissionsInput,
  GetFriendPermissionsSchema,
  type OwnFriendLevelInput,
  OwnFriendLevelSchema,
  type SetFriendPermissionInput,
  SetFriendPermissionSchema,
} from "./schema";

/** Sets who may add these users as friends; unknown users are skipped (contract section 12.6). */
export async function setFriendPermission(
  context: Context,
  actor: Actor,
  input: SetFriendPermissionInput,
): Promise<void> {
  const { userIds, permissionType } = SetFriendPermissionSchema.parse(input);
  await change(context, actor, userIds, permissionType);
}

/**
 * Sets one user's own level, or with null lets the user follow the environment's setting again. Throws `version_conflict`
 * when the level is not as `seen`.
 */
export async function setOwnFriendLevel(context: Context, actor: Actor, input: OwnFriendLevelInput): Promise<void> {
  const { userId, permissionType, seen } = OwnFriendLevelSchema.parse(input);
  await change(context, actor, [userId], permissionType, seen);
}

async function change(
  context: Context,
  actor: Actor,
  userIds: readonly string[],
  permission: FriendPermission | null,
  seen?: { permissionType: FriendPermission | null },
): Promise<void> {
  for (const userId of userIds) requireOnBehalfOf(actor, "friends.change", userId);
  await changeSideBySide(context, actor, { userIds, permission, seen });
}

interface Change {
  readonly userIds: readonly string[];
  readonly permission: FriendPermission | null;
  readonly seen: { readonly permissionType: FriendPermission | null } | undefined;
}

const changeSideBySide = executeSideBySide<Change, void>({
  keysOf: ({ userIds }) => userIds,
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.flatMap(({ userIds }) => userIds.map((userId) => ({ environmentId, userId }))),
    ),
  async command(run, { actor, input: { userIds, permission, seen } }) {
    const { id: environmentId } = environmentOf(actor);
    const users = await lockUsers(
      run,
      userIds.map((userId) => ({ environmentId, userId })),
    );
    for (const [, user] of users) {
      const current = { permissionType: user.friendPermission };
      const target = { kind: "user", id: userIds[0] ?? "" } as const;
      await requireSeen(run, actor, { seen, current, target, actions: ["friend.permission_changed"] });
    }
    const changed = userIds.flatMap((userId) => {
      const user = users.get(userKey(environmentId, userId));
      return user === undefined || user.friendPermission === permission ? [] : [{ userId, user }];
    });
    if (changed.length === 0) return { result: undefined };
    return {
      result: undefined,
      writes: [
        permissionWrite(
          environmentId,
          changed.map(({ userId }) => userId),
          permission,
        ),
      ],
      audit: changed.map(({ userId, user }) => ({
        action: "friend.permission_changed",
        target: { kind: "user", id: userId, name: user.name },
        before: { permissionType: user.friendPermission },
        after: { permissionType: permission },
      })),
    };
  },
});

export interface FriendPermissionOf {
  readonly userId: string;
  /** What holds. */
  readonly permission: FriendPermission;
  /** Whether the user has chosen it; false: the environment's setting. */
  readonly own: boolean;
}

/** The level that holds for each user, in the order given; unknown users are left out (contract section 12.6). */
export async function getFriendPermissions(
  context: Context,
  actor: Actor,
  input: GetFriendPermissionsInput,
): Promise<FriendPermissionOf[]> {
  const { userIds } = GetFriendPermissionsSchema.parse(input);
  for (const userId of userIds) requireOnBehalfOf(actor, "users.read", userId);
  const { id } = environmentOf(actor);
  const [found, settings] = await Promise.all([findPermissions(context.db, id, userIds), settingsOf(context, id)]);
  return found.map(({ userId, permission }) => ({
    userId,
    permission: permission ?? defaultPermission(settings),
    own: permission !== null,
  }));
}
