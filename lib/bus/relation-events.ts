/**
 * What a user's clients are told of friends, friend requests, blocklist and mute. Events name users only; names and avatars
 * are read by whoever has one of these users connected. Times are Unix milliseconds.
 */
export type RelationEvent =
  /** Each pair became friends: both are told of the other. */
  | { readonly type: "friends.added"; readonly environmentId: number; readonly pairs: readonly FriendPair[] }
  /**
   * `userId` and each of `userIds` are friends no more. The latter are told of the former; `userId` is told too, unless
   * `cleared` says that it hears `friends.cleared` instead.
   */
  | {
      readonly type: "friends.removed";
      readonly environmentId: number;
      readonly userId: string;
      readonly userIds: readonly string[];
      readonly at: number;
      readonly cleared: boolean;
    }
  /** These users have no friends any more: their clients empty their lists. */
  | {
      readonly type: "friends.cleared";
      readonly environmentId: number;
      readonly userIds: readonly string[];
      readonly at: number;
    }
  /** Alias or attributes that `userId` keeps of a friend have changed: told to `userId` alone, and not to the connection that did it. */
  | {
      readonly type: "friends.note_changed";
      readonly environmentId: number;
      readonly userId: string;
      readonly friendId: string;
      /** "": no connection did. */
      readonly connectionId: string;
    }
  /** Both users of each request are told. */
  | {
      readonly type: "friend_requests.changed";
      readonly environmentId: number;
      readonly requests: readonly ChangedRequest[];
    }
  /** Users came onto a blocklist, or left it: told to each list's owner alone. */
  | {
      readonly type: "blocklist.changed";
      readonly environmentId: number;
      readonly lists: readonly ChangedBlocklist[];
      readonly blocked: boolean;
    }
  | { readonly type: "users.muted"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.unmuted"; readonly environmentId: number; readonly userIds: readonly string[] };

export interface FriendPair {
  readonly userId: string;
  readonly friendId: string;
  readonly at: number;
}

export interface ChangedRequest {
  readonly requesterId: string;
  readonly targetId: string;
  /** 0 open, 1 accepted, 2 refused */
  readonly status: 0 | 1 | 2;
  readonly extra: string;
  readonly at: number;
}

export interface ChangedBlocklist {
  /** Whose blocklist it is. */
  readonly userId: string;
  readonly userIds: readonly string[];
}
