/**
 * The client library: connects an app's user with an access token, tells what happens, sends and receives messages.
 * Runs in browsers and in Node; needs nothing else of this repository.
 */

export {
  type CreateGroupParams,
  EngineDirectChannel,
  EngineGroupChannel,
  GroupMemberInfo,
  GroupMemberRole,
  GroupMembersByRoleQuery,
  type GroupMembersPage,
  type GroupMembersQueryParams,
} from "./channels";
export { ConnectionStatus, type ConnectionStatusChange, ConnectionStatusHandler } from "./connection-status";
export { Engine, type EngineOptions } from "./engine";
export type { CursorStorage } from "./inbox";
export {
  ChannelType,
  type Message,
  type MessageContent,
  MessageHandler,
  SendCustomMessageParams,
  type SendMessageParams,
  SendTextMessageParams,
} from "./messages";
export { DirectChannel, GroupChannel, type InitializeOptions, NCEngine } from "./nc-engine";
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
  type FriendApplication,
  type FriendApplicationPage,
  type FriendInfo,
  type FriendPage,
  type FriendRelation,
  UserModule,
  type UserProfile,
  UserProfileVisibility,
} from "./user-module";
