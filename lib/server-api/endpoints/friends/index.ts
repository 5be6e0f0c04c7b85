import { addFriend } from "./add-friend";
import { getFriendPermission } from "./get-friend-permission";
import { getFriendRelationships } from "./get-friend-relationships";
import { listFriends } from "./list-friends";
import { removeAllFriends } from "./remove-all-friends";
import { removeFriends } from "./remove-friends";
import { setFriendPermission } from "./set-friend-permission";
import { setFriendProfile } from "./set-friend-profile";

/** Contract section 12. */
export const FRIEND_ENDPOINTS = [
  addFriend,
  removeFriends,
  removeAllFriends,
  listFriends,
  getFriendRelationships,
  setFriendPermission,
  getFriendPermission,
  setFriendProfile,
];
