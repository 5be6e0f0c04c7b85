import type { Endpoint } from "../endpoint";
import { banUsers } from "./bans/ban-users";
import { listBannedUsers } from "./bans/list-banned-users";
import { unbanUsers } from "./bans/unban-users";
import { addUserBlocklist } from "./blocklist/add-user-blocklist";
import { getUserBlocklist } from "./blocklist/get-user-blocklist";
import { removeUserBlocklist } from "./blocklist/remove-user-blocklist";
import { listChannelTypeMute } from "./direct-mute/list-channel-type-mute";
import { setChannelTypeMute } from "./direct-mute/set-channel-type-mute";
import { addFriend } from "./friends/add-friend";
import { getFriendPermission } from "./friends/get-friend-permission";
import { getFriendRelationships } from "./friends/get-friend-relationships";
import { listFriends } from "./friends/list-friends";
import { removeAllFriends } from "./friends/remove-all-friends";
import { removeFriends } from "./friends/remove-friends";
import { setFriendPermission } from "./friends/set-friend-permission";
import { setFriendProfile } from "./friends/set-friend-profile";
import { addGroupChannelAdmins } from "./groups/add-group-channel-admins";
import { addGroupChannelMemberFavorites } from "./groups/add-group-channel-member-favorites";
import { batchGetGroupChannelProfiles } from "./groups/batch-get-group-channel-profiles";
import { batchGetGroupMembers } from "./groups/batch-get-group-members";
import { createGroupChannel } from "./groups/create-group-channel";
import { deleteGroupAlias } from "./groups/delete-group-alias";
import { dismissGroupChannel } from "./groups/dismiss-group-channel";
import { getGroupAlias } from "./groups/get-group-alias";
import { joinGroupChannel } from "./groups/join-group-channel";
import { kickoutAllGroupChannels } from "./groups/kickout-all-group-channels";
import { leaveGroupChannel } from "./groups/leave-group-channel";
import { listGroupChannelMemberFavorites } from "./groups/list-group-channel-member-favorites";
import { listGroupChannels } from "./groups/list-group-channels";
import { listGroupMembers } from "./groups/list-group-members";
import { listJoinedGroupChannels } from "./groups/list-joined-group-channels";
import { removeGroupChannelAdmins } from "./groups/remove-group-channel-admins";
import { removeGroupChannelMemberFavorites } from "./groups/remove-group-channel-member-favorites";
import { setGroupAlias } from "./groups/set-group-alias";
import { setGroupMember } from "./groups/set-group-member";
import { transferGroupChannelOwner } from "./groups/transfer-group-channel-owner";
import { updateGroupChannelProfile } from "./groups/update-group-channel-profile";
import { sendDirectChannelMessage } from "./messages/send-direct-channel-message";
import { batchGetUserProfiles } from "./profiles/batch-get-user-profiles";
import { deleteUserProfiles } from "./profiles/delete-user-profiles";
import { listUserProfiles } from "./profiles/list-user-profiles";
import { setUserProfile } from "./profiles/set-user-profile";
import { listSoftDeletedUsers } from "./soft-delete/list-soft-deleted-users";
import { restoreUsers } from "./soft-delete/restore-users";
import { softDeleteUsers } from "./soft-delete/soft-delete-users";
import { getUserConnectionStatus } from "./status/get-connection-status";
import { batchGetUserTags } from "./tags/batch-get-user-tags";
import { batchSetUserTags } from "./tags/batch-set-user-tags";
import { expireAccessToken } from "./tokens/expire-access-token";
import { issueAccessToken } from "./tokens/issue-access-token";
import { getUser } from "./users/get-user";
import { updateUser } from "./users/update-user";

/** Every endpoint that is served, in the order of the contract's sections. */
export const ENDPOINTS: readonly Endpoint[] = [
  // 5
  issueAccessToken,
  expireAccessToken,
  // 6
  getUser,
  updateUser,
  // 7
  banUsers,
  unbanUsers,
  listBannedUsers,
  // 8
  softDeleteUsers,
  listSoftDeletedUsers,
  restoreUsers,
  // 9
  getUserConnectionStatus,
  // 10
  setUserProfile,
  batchGetUserProfiles,
  listUserProfiles,
  deleteUserProfiles,
  // 11
  batchSetUserTags,
  batchGetUserTags,
  // 12
  addFriend,
  removeFriends,
  removeAllFriends,
  listFriends,
  getFriendRelationships,
  setFriendPermission,
  getFriendPermission,
  setFriendProfile,
  // 13
  addUserBlocklist,
  removeUserBlocklist,
  getUserBlocklist,
  // 15
  setChannelTypeMute,
  listChannelTypeMute,
  // 16
  sendDirectChannelMessage,
  // 17
  createGroupChannel,
  joinGroupChannel,
  leaveGroupChannel,
  dismissGroupChannel,
  setGroupMember,
  listGroupMembers,
  batchGetGroupMembers,
  kickoutAllGroupChannels,
  listJoinedGroupChannels,
  setGroupAlias,
  getGroupAlias,
  deleteGroupAlias,
  addGroupChannelAdmins,
  removeGroupChannelAdmins,
  updateGroupChannelProfile,
  batchGetGroupChannelProfiles,
  transferGroupChannelOwner,
  listGroupChannels,
  addGroupChannelMemberFavorites,
  removeGroupChannelMemberFavorites,
  listGroupChannelMemberFavorites,
];
