"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { blockUsers, unblockUsers } from "@/lib/core/blocklist/block-users";
import { addFriend } from "@/lib/core/friends/add-friend";
import { setOwnFriendLevel } from "@/lib/core/friends/friend-permission";
import { removeAllFriends, removeFriends } from "@/lib/core/friends/remove-friends";
import type { AddFriendInput, OwnFriendLevelInput } from "@/lib/core/friends/schema";
import { addNote, changeNote, deleteNote } from "@/lib/core/notes/change-notes";
import { closeConnections } from "@/lib/core/presence/close-connections";
import { deleteUserProfiles } from "@/lib/core/profiles/delete-user-profiles";
import type { SetUserProfileInput } from "@/lib/core/profiles/schema";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { batchSetUserTags } from "@/lib/core/tags/batch-set-user-tags";
import type { SetUserTagsInput } from "@/lib/core/tags/schema";
import type { UpdateUserInput } from "@/lib/core/users/schema";
import { updateUser } from "@/lib/core/users/update-user";

export const updateUserAction = defineAction({
  permission: "users.update",
  run: (context, actor, input: Seeing<UpdateUserInput>) => updateUser(context, actor, input),
});

export const closeConnectionsAction = defineAction({
  permission: "connections.close",
  run: closeConnections,
});

export const setUserProfileAction = defineAction({
  permission: "profiles.change",
  run: (context, actor, input: Seeing<SetUserProfileInput>) => setUserProfile(context, actor, input),
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
  run: (context, actor, input: Seeing<SetUserTagsInput>) => batchSetUserTags(context, actor, input),
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

/** `permissionType` null: as the chat settings say. */
export const setFriendPermissionAction = defineAction({
  permission: "friends.change",
  run: (context, actor, input: Seeing<OwnFriendLevelInput>) => setOwnFriendLevel(context, actor, input),
});

export const blockUsersAction = defineAction({
  permission: "blocklist.change",
  run: blockUsers,
});

export const unblockUsersAction = defineAction({
  permission: "blocklist.change",
  run: unblockUsers,
});
