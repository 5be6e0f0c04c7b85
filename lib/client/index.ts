/**
 * The client library: connects an app's user with an access token, tells what happens, sends and receives messages.
 * Runs in browsers and in Node; needs nothing else of this repository.
 */

export { EngineDirectChannel, EngineGroupChannel, type GroupFavorite } from "./channels";
export { ConnectionStatus, type ConnectionStatusChange, ConnectionStatusHandler } from "./connection-status";
export { Engine, type EngineOptions } from "./engine";
export {
  type FriendApplication,
  FriendApplicationStatus,
  FriendApplicationType,
  type FriendInfo,
  type FriendRelation,
  FriendRelationType,
} from "./friends";
export {
  type GroupApplied,
  GroupChannelHandler,
  type GroupFavoritesChanged,
  type GroupInfoChanged,
  type GroupOperated,
  GroupOperation,
} from "./group-events";
export {
  type CreateGroupParams,
  type GroupDetails,
  type GroupInfo,
  GroupInviteHandlePermission,
  GroupJoinPermission,
  GroupMemberInfoEditPermission,
  GroupOperationPermission,
  type GroupPermissions,
  type JoinedGroup,
  type UpdateGroupParams,
} from "./group-info";
export {
  GroupMemberInfo,
  GroupMemberRole,
  GroupMembersByRoleQuery,
  type GroupMembersPage,
  type GroupMembersQueryParams,
} from "./group-members";
export type { CursorStorage } from "./inbox";
export { JoinedGroupsByRoleQuery, type JoinedGroupsPage, type JoinedGroupsQueryParams } from "./joined-groups";
export { LogLevel } from "./log-level";
export {
  ChannelType,
  type Message,
  type MessageContent,
  MessageDirection,
  MessageHandler,
  type MessagesReceived,
  SendCustomMessageParams,
  type SendMessageParams,
  SendTextMessageParams,
} from "./messages";
export { DirectChannel, GroupChannel, type InitializeOptions, NCEngine } from "./nc-engine";
export type { PagedQuery } from "./paged-query";
export type { Result } from "./result";
export type { FrameObserver } from "./rpc-socket";
export {
  type FriendAdded,
  type FriendApplicationStatusChanged,
  type FriendInfoChanged,
  type FriendsDeleted,
  UserHandler,
} from "./user-events";
export {
  FriendAddPermission,
  type FriendApplicationPage,
  type FriendApplicationsQueryParams,
  type FriendPage,
  type FriendsQueryParams,
  UserModule,
  type UserProfile,
  UserProfileVisibility,
} from "./user-module";
