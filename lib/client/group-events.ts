import { changedNames, type GroupInfo, toGroupInfo, type WireGroup } from "./group-info";

/** Events about groups. Times are Unix milliseconds. */

/** What was done with members of a group. */
export enum GroupOperation {
  CREATE = 0,
  JOIN = 1,
  KICK = 2,
  QUIT = 3,
  DISMISS = 4,
  ADD_ADMIN = 5,
  REMOVE_ADMIN = 6,
  TRANSFER_GROUP_OWNER = 7,
  /** The older names of the two. */
  ADD_MANAGER = ADD_ADMIN,
  REMOVE_MANAGER = REMOVE_ADMIN,
}

export interface GroupOperated {
  readonly groupId: string;
  readonly operation: GroupOperation;
  /** With whom it was done; this user is one of them. */
  readonly userIds: readonly string[];
}

export interface GroupApplied {
  readonly groupId: string;
  /** Who wants to join. */
  readonly userId: string;
  readonly operationTime: number;
}

export interface GroupInfoChanged {
  /** The group as it is now. */
  readonly groupInfo: GroupInfo;
  readonly groupId: string;
  /** `groupName`, `avatarUrl`, …, names of permissions, `ext_…` keys. */
  readonly changedProperties: readonly string[];
  /** The member who did it; "" for the app server. */
  readonly operatorId: string;
  readonly operationTime: number;
}

export interface GroupFavoritesChanged {
  readonly groupId: string;
  readonly userIds: readonly string[];
  /** 1 added, 2 removed */
  readonly operationType: number;
  readonly operationTime: number;
}

interface GroupCallbacks {
  /** Something was done with this user in a group. */
  onGroupOperation?(event: GroupOperated): void;
  /** Somebody wants to join a group, and this user may let them in. */
  onGroupApplicationEvent?(event: GroupApplied): void;
  onGroupInfoChanged?(event: GroupInfoChanged): void;
  /** This user has changed the favorites, on another device. */
  onGroupFavoritesChangedSync?(event: GroupFavoritesChanged): void;
}

/** Is told of what happens in the connected user's groups. Add it before connecting. */
export class GroupChannelHandler {
  constructor(readonly callbacks: GroupCallbacks) {}
}

/** Calls back for an event of the gateway; nothing for one that is not about groups. */
export function tellGroupHandler({ callbacks }: GroupChannelHandler, method: string, params: object): void {
  switch (method) {
    case "event/groupChanged":
      if ("operation" in params) callbacks.onGroupOperation?.(params as GroupOperated);
      return;
    case "event/groupApplication":
      callbacks.onGroupApplicationEvent?.(params as GroupApplied);
      return;
    case "event/groupInfoChanged": {
      const { group, changedProperties, ...rest } = params as {
        group: WireGroup;
        changedProperties: readonly string[];
        operatorId: string;
        operationTime: number;
      };
      callbacks.onGroupInfoChanged?.({
        ...rest,
        groupId: group.groupId,
        groupInfo: toGroupInfo(group),
        changedProperties: changedNames(changedProperties),
      });
      return;
    }
    case "event/groupFavoritesChanged":
      callbacks.onGroupFavoritesChangedSync?.(params as GroupFavoritesChanged);
  }
}
