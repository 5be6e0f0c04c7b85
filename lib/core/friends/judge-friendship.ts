import type { ErrorCode } from "../errors";
import type { LockedUser } from "../users/locked-users-store";
import type { PairState } from "./befriend-store";
import type { FriendPermission } from "./schema";

/** `ask`: as the target's level says; `add`: at once; `accept`: answers the target's request. */
export type FriendWay = "ask" | "add" | "accept";

export interface FriendCase {
  readonly userId: string;
  readonly targetId: string;
  readonly way: FriendWay;
  /** Most friends of one user. */
  readonly limit: number;
  /** The level of a target who has chosen none. */
  readonly defaultPermission: FriendPermission;
}

export type Verdict =
  | { readonly outcome: "friends" | "requested" }
  | { readonly outcome: "refused"; readonly code: ErrorCode; readonly field?: string };

const refused = (code: ErrorCode, field?: string): Verdict => ({ outcome: "refused", code, field });

/**
 * What becomes of one user's wish to be another's friend: the order of contract section 12.1. Users who are unknown or
 * soft-deleted are undefined.
 */
export function judgeFriendship(
  asked: FriendCase,
  user: LockedUser | undefined,
  target: LockedUser | undefined,
  pair: PairState,
): Verdict {
  if (asked.userId === asked.targetId) return refused("friend_is_self");
  if (user === undefined) return refused("user_not_found", "userId");
  if (target === undefined) return refused("user_not_found", asked.way === "accept" ? "requesterId" : "targetId");
  if (asked.way === "accept" && pair.received === null) return refused("friend_request_not_found");
  if (pair.friends) return refused("already_friends");
  if (pair.blockedByTarget) return refused("blocked_by_target");
  if (pair.targetBlocked) return refused("target_blocked");
  if (user.friendCount >= asked.limit) return refused("friend_limit_reached");
  if (target.friendCount >= asked.limit) return refused("target_friend_limit_reached");
  if (asked.way !== "ask") return { outcome: "friends" };
  const level = target.friendPermission ?? asked.defaultPermission;
  if (level === 3) return refused("friend_requests_refused");
  return { outcome: level === 1 || pair.received !== null ? "friends" : "requested" };
}
