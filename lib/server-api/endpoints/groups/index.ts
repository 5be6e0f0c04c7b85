import { batchGetGroupMembers } from "./batch-get-group-members";
import { createGroupChannel } from "./create-group-channel";
import { deleteGroupAlias } from "./delete-group-alias";
import { dismissGroupChannel } from "./dismiss-group-channel";
import { getGroupAlias } from "./get-group-alias";
import { joinGroupChannel } from "./join-group-channel";
import { kickoutAllGroupChannels } from "./kickout-all-group-channels";
import { leaveGroupChannel } from "./leave-group-channel";
import { listGroupMembers } from "./list-group-members";
import { listJoinedGroupChannels } from "./list-joined-group-channels";
import { setGroupAlias } from "./set-group-alias";
import { setGroupMember } from "./set-group-member";

/** Contract section 17. */
export const GROUP_ENDPOINTS = [
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
];
