import type { ChangedRequest, FriendPair } from "@/lib/bus/relation-events";
import type { Run } from "@/lib/db/statement";
import { byEnvironment } from "../by-environment";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";
import { lockUsers, userKey } from "../users/locked-users-store";
import { friendshipEvent } from "../webhooks/events";
import type { WebhookEvent } from "../webhooks/schema";
import { recordWebhookEvents } from "../webhooks/webhook-event-store";
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
  await record(run, done);
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

interface Done {
  readonly call: FriendCall;
  readonly result: Befriended;
}

async function record(run: Run, done: readonly Done[]): Promise<void> {
  const told = done.filter(({ call }) => call.told);
  for (const [environmentId, group] of byEnvironment(told, ({ call }) => call.environmentId)) {
    const now = Math.max(...group.map(({ call }) => call.at));
    await recordWebhookEvents(run, environmentId, now, group.flatMap(eventsOf));
  }
}

/**
 * A user's wish that makes a friendship at once is told as the request and, by the target, its acceptance, so that whoever
 * counts acceptances knows of every friendship.
 */
function eventsOf({ call, result }: Done): WebhookEvent[] {
  const { userId, targetId, at, source, extra } = call;
  const own = { userId, toUserId: targetId, source, extra, time: at };
  const requested = friendshipEvent({ kind: "requested", ...own });
  if (result.verdict.outcome === "requested") return [requested];
  if (call.byServer) return [friendshipEvent({ kind: "addedByServer", ...own })];
  const accepted = { kind: "accepted", source, extra: "", time: at } as const;
  if (result.accepted.some((request) => request.targetId === userId)) {
    return [friendshipEvent({ ...accepted, userId, toUserId: targetId })];
  }
  return [requested, friendshipEvent({ ...accepted, userId: targetId, toUserId: userId })];
}

/** Tells clients what became of the calls. To be called after commit. */
export async function publishBefriended(
  context: Context,
  calls: readonly FriendCall[],
  results: readonly Befriended[],
): Promise<void> {
  const all = calls.flatMap((call, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ call, result }];
  });
  for (const [environmentId, group] of byEnvironment(all, ({ call }) => call.environmentId)) {
    const pairs = group.flatMap(({ call, result }): FriendPair[] =>
      result.verdict.outcome === "friends" ? [{ userId: call.userId, friendId: call.targetId, at: call.at }] : [],
    );
    const requests = group.flatMap(changedRequests);
    if (pairs.length > 0) await publishAfterCommit(context, { type: "friends.added", environmentId, pairs });
    if (requests.length > 0) {
      await publishAfterCommit(context, { type: "friend_requests.changed", environmentId, requests });
    }
  }
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
