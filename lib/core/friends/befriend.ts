import type { BusEvent } from "@/lib/bus/bus";
import type { ChangedRequest } from "@/lib/bus/relation-events";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockUsers, userKey } from "../users/locked-users-store";
import { friendshipEvent } from "../webhooks/events";
import type { WebhookEvent } from "../webhooks/schema";
import { type PairKey, type PairState, type RequestKey, readPairs, writeFriendships } from "./befriend-store";
import { type FriendCase, judgeFriendship, type Verdict } from "./judge-friendship";
import { REQUEST_LIFETIME_MS } from "./schema";

/** One wish of a friendship, with all that it takes to carry it out. */
export interface FriendCall extends FriendCase, PairKey {
  readonly extra: string;
  /** Unix milliseconds */
  readonly at: number;
  /** Whether the app server asks, or an operator: told to webhooks as an act of the server. */
  readonly byServer: boolean;
  /** What webhook events say it came through. */
  readonly source: string;
  /** Whether a webhook wants to know. */
  readonly told: boolean;
}

/** A verdict with the requests between the two that it closed. */
export interface Befriended {
  readonly verdict: Verdict;
  /** Registered name of who wished, "" for an unknown user. */
  readonly name: string;
  readonly accepted: ReadonlyArray<RequestKey & { readonly extra: string }>;
}

/**
 * Carries out wishes in one transaction: locks all users, looks, judges one after the other as if each came alone, writes.
 * No two of them may be about the same two users. Refusals change nothing.
 */
export async function befriend(run: Run, calls: readonly FriendCall[]): Promise<Befriended[]> {
  const users = await lockUsers(
    run,
    calls.flatMap(({ environmentId, userId, targetId }) => [
      { environmentId, userId },
      { environmentId, userId: targetId },
    ]),
  );
  const pairs = await readPairs(
    run,
    calls.map((call) => ({ ...call, openAfter: new Date(call.at - REQUEST_LIFETIME_MS) })),
  );
  const results = calls.map((call, index): Befriended => {
    const pair = pairs[index];
    if (pair === undefined) throw new Error("friends: a pair was not read");
    const keys = [userKey(call.environmentId, call.userId), userKey(call.environmentId, call.targetId)] as const;
    const [user, target] = [users.get(keys[0]), users.get(keys[1])];
    const verdict = judgeFriendship(call, user, target, pair);
    const name = user?.name ?? "";
    if (verdict.outcome !== "friends" || user === undefined || target === undefined) {
      return { verdict, name, accepted: [] };
    }
    users.set(keys[0], { ...user, friendCount: user.friendCount + 1 });
    users.set(keys[1], { ...target, friendCount: target.friendCount + 1 });
    return { verdict, name, accepted: openRequests(call, pair) };
  });
  const done = calls.flatMap((call, index) => {
    const result = results[index];
    return result === undefined || result.verdict.outcome === "refused" ? [] : [{ call, result }];
  });
  if (done.length === 0) return results;
  const withTime = done.map(({ call, result }) => ({
    ...call,
    at: new Date(call.at),
    outcome: result.verdict.outcome,
  }));
  await writeFriendships(run, {
    friendships: withTime.filter(({ outcome }) => outcome === "friends"),
    requests: withTime.filter(({ outcome }) => outcome === "requested"),
    accepted: done.flatMap(({ result }) => result.accepted),
  });
  return results;
}

function openRequests({ environmentId, userId, targetId }: PairKey, pair: PairState): Befriended["accepted"] {
  return [
    ...(pair.sent === null ? [] : [{ environmentId, requesterId: userId, targetId, extra: pair.sent.extra }]),
    ...(pair.received === null
      ? []
      : [{ environmentId, requesterId: targetId, targetId: userId, extra: pair.received.extra }]),
  ];
}

/** A call and what became of it. */
export interface Done {
  readonly call: FriendCall;
  readonly result: Befriended;
}

/**
 * A user's wish that makes a friendship at once is told as the request and, by the target, its acceptance, so that whoever
 * counts acceptances knows of every friendship.
 */
export function friendshipEvents({ call, result }: Done): WebhookEvent[] {
  if (!call.told || result.verdict.outcome === "refused") return [];
  const { userId, targetId, at, source, extra } = call;
  const own = { actorId: userId, otherId: targetId, source, extra, time: at };
  const requested = friendshipEvent({ kind: "requested", ...own });
  if (result.verdict.outcome === "requested") return [requested];
  if (call.byServer) return [friendshipEvent({ kind: "addedByServer", ...own })];
  const accepted = { kind: "accepted", source, extra: "", time: at } as const;
  if (result.accepted.some((request) => request.targetId === userId)) {
    return [friendshipEvent({ ...accepted, actorId: userId, otherId: targetId })];
  }
  return [requested, friendshipEvent({ ...accepted, actorId: targetId, otherId: userId })];
}

/** What clients are told of a call that was not refused. */
export function busEventsOf(environmentId: EnvironmentId, { call, result }: Done): BusEvent[] {
  const { userId, targetId, at } = call;
  const requests = changedRequests({ call, result });
  return [
    ...(result.verdict.outcome === "friends"
      ? [{ type: "friends.added", environmentId, pairs: [{ userId, friendId: targetId, at }] } as const]
      : []),
    ...(requests.length > 0 ? [{ type: "friend_requests.changed", environmentId, requests } as const] : []),
  ];
}

function changedRequests({ call, result }: Done): ChangedRequest[] {
  const { userId, targetId, extra, at } = call;
  if (result.verdict.outcome === "requested") return [{ requesterId: userId, targetId, status: 0, extra, at }];
  return result.accepted.map((request) => ({
    requesterId: request.requesterId,
    targetId: request.targetId,
    status: 1,
    extra: request.extra,
    at,
  }));
}
