import type { FriendApplicationStatus, FriendApplicationType } from "./friends";
import { withAvatar } from "./names";
import type { UserProfile } from "./user-module";

/** Events about the connected user's friends and profile. Times are Unix milliseconds. */

export interface FriendAdded {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly portraitUri: string;
  readonly operationTime: number;
}

export interface FriendsDeleted {
  readonly userIds: readonly string[];
  readonly operationTime: number;
}

export interface FriendApplicationStatusChanged {
  readonly userId: string;
  readonly applicationType: FriendApplicationType;
  readonly applicationStatus: FriendApplicationStatus;
  /** The older names of the two. */
  readonly type: FriendApplicationType;
  readonly status: FriendApplicationStatus;
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
  onFriendRemove?(event: FriendsDeleted): void;
  /** The older name of `onFriendRemove`. */
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

/** Calls back for an event of the gateway, under both names where there are two; nothing for one of another kind. */
export function tellUserHandler({ callbacks }: UserHandler, method: string, params: object): void {
  const told = params as never;
  switch (method) {
    case "event/friendAdded":
      callbacks.onFriendAdd?.(withAvatar<Omit<FriendAdded, "avatarUrl">>(told) as FriendAdded);
      return;
    case "event/friendsRemoved":
      callbacks.onFriendDelete?.(told);
      callbacks.onFriendRemove?.(told);
      return;
    case "event/friendRequestChanged": {
      const { type, status } = params as FriendApplicationStatusChanged;
      callbacks.onFriendApplicationStatusChanged?.({
        ...(params as FriendApplicationStatusChanged),
        applicationType: type,
        applicationStatus: status,
      });
      return;
    }
    case "event/friendsCleared":
      callbacks.onFriendCleared?.(told);
      return;
    case "event/friendNoteChanged":
      callbacks.onFriendInfoChangedSync?.(told);
      return;
    case "event/ownProfileChanged":
      callbacks.onOwnUserProfileChanged?.(told);
      return;
    case "event/friendProfileChanged":
      callbacks.onFriendProfileChanged?.(withAvatar<UserProfile>(told));
      return;
    case "event/groupChanged":
      callbacks.onGroupChanged?.(told);
  }
}
