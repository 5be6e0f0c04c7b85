import type { UserProfile } from "./user-module";

/** Events about the connected user's friends and profile. Times are Unix milliseconds. */

export interface FriendAdded {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  readonly operationTime: number;
}

export interface FriendsDeleted {
  readonly userIds: readonly string[];
  readonly operationTime: number;
}

export interface FriendApplicationStatusChanged {
  readonly userId: string;
  /** 1 sent, 2 received */
  readonly type: number;
  /** 0 open, 1 accepted, 2 refused, 3 expired */
  readonly status: number;
  readonly extra: string;
  readonly operationTime: number;
}

export interface FriendInfoChanged {
  readonly userId: string;
  readonly remark: string;
  readonly extProfile: Readonly<Record<string, string>>;
}

interface UserCallbacks {
  onFriendAdd?(event: FriendAdded): void;
  onFriendDelete?(event: FriendsDeleted): void;
  onFriendApplicationStatusChanged?(event: FriendApplicationStatusChanged): void;
  /** The app server has removed all friends. */
  onFriendCleared?(event: { readonly operationTime: number }): void;
  /** This user has changed what is noted about a friend, on another device. */
  onFriendInfoChangedSync?(event: FriendInfoChanged): void;
  /** A friend's profile was changed: all that this user may see of it. Only where the app's settings say so. */
  onFriendProfileChanged?(event: UserProfile): void;
  /** This user joined or left a group, or is shown differently in it. */
  onGroupChanged?(event: { readonly groupId: string }): void;
  /** This user's own profile was changed on another device, or by the app server. */
  onOwnUserProfileChanged?(event: { readonly userId: string }): void;
}

/** Is told of what happens around the connected user. Add it before connecting. */
export class UserHandler {
  constructor(readonly callbacks: UserCallbacks) {}
}

/** The callback for each event of the gateway. */
export const USER_EVENTS: Readonly<Record<string, keyof UserCallbacks>> = {
  "event/friendAdded": "onFriendAdd",
  "event/friendsRemoved": "onFriendDelete",
  "event/friendRequestChanged": "onFriendApplicationStatusChanged",
  "event/friendsCleared": "onFriendCleared",
  "event/friendNoteChanged": "onFriendInfoChangedSync",
  "event/ownProfileChanged": "onOwnUserProfileChanged",
  "event/friendProfileChanged": "onFriendProfileChanged",
  "event/groupChanged": "onGroupChanged",
};
