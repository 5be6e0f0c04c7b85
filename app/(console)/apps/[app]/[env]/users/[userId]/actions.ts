"use server";

import { z } from "zod";
import { defineAction } from "@/lib/console/action";
import { blockUsers, unblockUsers } from "@/lib/core/blocklist/block-users";
import { BlockUsersSchema, UnblockUsersSchema } from "@/lib/core/blocklist/schema";
import { addFriend } from "@/lib/core/friends/add-friend";
import { clearFriendPermission, setFriendPermission } from "@/lib/core/friends/friend-permission";
import { removeAllFriends, removeFriends } from "@/lib/core/friends/remove-friends";
import {
  AddFriendSchema,
  FriendOwnerSchema,
  RemoveFriendsSchema,
  SetFriendPermissionSchema,
} from "@/lib/core/friends/schema";
import { CloseConnectionsSchema, closeConnections } from "@/lib/core/presence/close-connections";
import { deleteUserProfiles } from "@/lib/core/profiles/delete-user-profiles";
import { SetUserProfileSchema, UserProfilesSchema } from "@/lib/core/profiles/schema";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { batchSetUserTags } from "@/lib/core/tags/batch-set-user-tags";
import { SetUserTagsSchema } from "@/lib/core/tags/schema";
import { UpdateUserSchema } from "@/lib/core/users/schema";
import { updateUser } from "@/lib/core/users/update-user";

export const updateUserAction = defineAction({
  schema: UpdateUserSchema,
  permission: "users.update",
  run: updateUser,
});

export const closeConnectionsAction = defineAction({
  schema: CloseConnectionsSchema,
  permission: "connections.close",
  run: closeConnections,
});

export const setUserProfileAction = defineAction({
  schema: SetUserProfileSchema,
  permission: "profiles.change",
  run: setUserProfile,
});

export const clearUserProfilesAction = defineAction({
  schema: UserProfilesSchema,
  permission: "profiles.change",
  run: deleteUserProfiles,
});

export const setUserTagsAction = defineAction({
  schema: SetUserTagsSchema,
  permission: "tags.change",
  run: batchSetUserTags,
});

/** At once, without asking the other user. */
export const addFriendAction = defineAction({
  schema: AddFriendSchema.pick({ userId: true, targetId: true }),
  permission: "friends.change",
  run: (context, actor, pair) => addFriend(context, actor, { ...pair, action: 2 }),
});

export const removeFriendsAction = defineAction({
  schema: RemoveFriendsSchema,
  permission: "friends.change",
  run: removeFriends,
});

export const removeAllFriendsAction = defineAction({
  schema: FriendOwnerSchema,
  permission: "friends.change",
  run: removeAllFriends,
});

/** `permissionType` null: as the chat settings say. */
export const setFriendPermissionAction = defineAction({
  schema: z.object({
    ...FriendOwnerSchema.shape,
    permissionType: SetFriendPermissionSchema.shape.permissionType.nullable(),
  }),
  permission: "friends.change",
  run: (context, actor, { userId, permissionType }) =>
    permissionType === null
      ? clearFriendPermission(context, actor, { userId })
      : setFriendPermission(context, actor, { userIds: [userId], permissionType }),
});

export const blockUsersAction = defineAction({
  schema: BlockUsersSchema,
  permission: "blocklist.change",
  run: blockUsers,
});

export const unblockUsersAction = defineAction({
  schema: UnblockUsersSchema,
  permission: "blocklist.change",
  run: unblockUsers,
});
