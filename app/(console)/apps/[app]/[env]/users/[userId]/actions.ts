"use server";

import { z } from "zod";
import { defineAction } from "@/lib/console/action";
import { blockUsers, unblockUsers } from "@/lib/core/blocklist/block-users";
import { addFriend } from "@/lib/core/friends/add-friend";
import { clearFriendPermission, setFriendPermission } from "@/lib/core/friends/friend-permission";
import { removeAllFriends, removeFriends } from "@/lib/core/friends/remove-friends";
import { type AddFriendInput, FriendOwnerSchema, SetFriendPermissionSchema } from "@/lib/core/friends/schema";
import { addNote, changeNote, deleteNote } from "@/lib/core/notes/change-notes";
import { closeConnections } from "@/lib/core/presence/close-connections";
import { deleteUserProfiles } from "@/lib/core/profiles/delete-user-profiles";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { batchSetUserTags } from "@/lib/core/tags/batch-set-user-tags";
import { updateUser } from "@/lib/core/users/update-user";

export const updateUserAction = defineAction({
  permission: "users.update",
  run: updateUser,
});

export const closeConnectionsAction = defineAction({
  permission: "connections.close",
  run: closeConnections,
});

export const setUserProfileAction = defineAction({
  permission: "profiles.change",
  run: setUserProfile,
});

export const clearUserProfilesAction = defineAction({
  permission: "profiles.change",
  run: deleteUserProfiles,
});

export const addNoteAction = defineAction({ permission: "notes.write", run: addNote });

export const changeNoteAction = defineAction({ permission: "notes.write", run: changeNote });

export const deleteNoteAction = defineAction({ permission: "notes.write", run: deleteNote });

export const setUserTagsAction = defineAction({
  permission: "tags.change",
  run: batchSetUserTags,
});

/** At once, without asking the other user. */
export const addFriendAction = defineAction({
  permission: "friends.change",
  run: (context, actor, pair: Pick<AddFriendInput, "userId" | "targetId">) =>
    addFriend(context, actor, { ...pair, action: 2 }),
});

export const removeFriendsAction = defineAction({
  permission: "friends.change",
  run: removeFriends,
});

export const removeAllFriendsAction = defineAction({
  permission: "friends.change",
  run: removeAllFriends,
});

// Which of two use cases is meant has to be read here.
const OwnLevelSchema = z.object({
  ...FriendOwnerSchema.shape,
  permissionType: SetFriendPermissionSchema.shape.permissionType.nullable(),
});

/** `permissionType` null: as the chat settings say. */
export const setFriendPermissionAction = defineAction({
  permission: "friends.change",
  run: (context, actor, input: z.input<typeof OwnLevelSchema>) => {
    const { userId, permissionType } = OwnLevelSchema.parse(input);
    return permissionType === null
      ? clearFriendPermission(context, actor, { userId })
      : setFriendPermission(context, actor, { userIds: [userId], permissionType });
  },
});

export const blockUsersAction = defineAction({
  permission: "blocklist.change",
  run: blockUsers,
});

export const unblockUsersAction = defineAction({
  permission: "blocklist.change",
  run: unblockUsers,
});
