import { withAvatar } from "./names";

export enum FriendApplicationType {
  SENT = 1,
  RECEIVED = 2,
}

export enum FriendApplicationStatus {
  UNHANDLED = 0,
  ACCEPTED = 1,
  REFUSED = 2,
  EXPIRED = 3,
}

export enum FriendRelationType {
  NONE = 0,
  IN_MY_FRIEND_LIST = 1,
  IN_OTHER_FRIEND_LIST = 2,
  BOTH_WAY = 3,
}

/** A friend as the gateway tells it. */
export interface WireFriend {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  /** What this user calls the friend; "" when nothing. */
  readonly remark: string;
  readonly extProfile: Readonly<Record<string, string>>;
  /** Unix milliseconds */
  readonly addTime: number;
  /** Whether this user has blocked the friend. */
  readonly isBlocked: boolean;
}

export interface FriendInfo extends WireFriend {
  readonly avatarUrl: string;
  /** As `isBlocked`. */
  readonly inBlockList: boolean;
}

export const toFriendInfo = (friend: WireFriend): FriendInfo => ({
  ...friend,
  avatarUrl: friend.portraitUri,
  inBlockList: friend.isBlocked,
});

/** A request as the gateway tells it. */
export interface WireApplication {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  readonly type: FriendApplicationType;
  readonly status: FriendApplicationStatus;
  /** Unix milliseconds */
  readonly time: number;
  readonly extra: string;
}

export interface FriendApplication extends WireApplication {
  readonly avatarUrl?: string;
  readonly applicationType: FriendApplicationType;
  readonly applicationStatus: FriendApplicationStatus;
  readonly operationTime: number;
}

export const toFriendApplication = (request: WireApplication): FriendApplication => ({
  ...withAvatar(request),
  applicationType: request.type,
  applicationStatus: request.status,
  operationTime: request.time,
});

export interface WireRelation {
  readonly userId: string;
  readonly relation: FriendRelationType;
}

export interface FriendRelation extends WireRelation {
  readonly relationType: FriendRelationType;
}

export const toFriendRelation = (relation: WireRelation): FriendRelation => ({
  ...relation,
  relationType: relation.relation,
});
