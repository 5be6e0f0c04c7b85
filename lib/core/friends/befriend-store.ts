import { fewRows, rowsOf } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** One user who turns to another. */
export interface PairKey {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly targetId: string;
}

export interface OpenRequest {
  readonly extra: string;
}

/** How two users stand to each other; read while both are locked. */
export interface PairState {
  readonly friends: boolean;
  /** The target has blocked the user. */
  readonly blockedByTarget: boolean;
  /** The user has blocked the target. */
  readonly targetBlocked: boolean;
  /** The user's open request to the target, which has not expired. */
  readonly sent: OpenRequest | null;
  /** The target's open request to the user, likewise. */
  readonly received: OpenRequest | null;
}

interface PairRow {
  readonly ordinal: number;
  readonly friends: boolean;
  readonly blockedByTarget: boolean;
  readonly targetBlocked: boolean;
  readonly sent: string | null;
  readonly received: string | null;
}

const openRequest = (requester: string, target: string) => `SELECT extra FROM friend_requests r
      WHERE r.environment_id = i.environment_id AND r.requester_id = i.${requester} AND r.target_id = i.${target}
        AND r.status = 0 AND r.requested_at > i.open_after LIMIT 1`;

const block = (by: string, blocked: string) => `SELECT true AS found FROM blocks b
      WHERE b.environment_id = i.environment_id AND b.user_id = i.${by} AND b.blocked_id = i.${blocked} LIMIT 1`;

const READ_PAIRS = {
  name: "friends-read-pairs",
  text: `SELECT i.ordinal::int AS ordinal, f.found IS NOT NULL AS friends, bt.found IS NOT NULL AS "blockedByTarget",
      tb.found IS NOT NULL AS "targetBlocked", s.extra AS sent, r.extra AS received
    FROM ${rowsOf("int", "text", "text", "timestamptz")} WITH ORDINALITY
      AS i(environment_id, user_id, target_id, open_after, ordinal)
    LEFT JOIN LATERAL (
      SELECT true AS found FROM friendships f
      WHERE f.environment_id = i.environment_id AND f.user_id = i.user_id AND f.friend_id = i.target_id LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (${block("target_id", "user_id")}) bt ON true
    LEFT JOIN LATERAL (${block("user_id", "target_id")}) tb ON true
    LEFT JOIN LATERAL (${openRequest("user_id", "target_id")}) s ON true
    LEFT JOIN LATERAL (${openRequest("target_id", "user_id")}) r ON true`,
};

/** The state of each pair, in their order. Requests sent up to `openAfter` have expired. Both users must be locked. */
export async function readPairs(
  run: Run,
  pairs: ReadonlyArray<PairKey & { readonly openAfter: Date }>,
): Promise<PairState[]> {
  const rows = await run<PairRow>(READ_PAIRS, [
    pairs.map((pair) => pair.environmentId),
    pairs.map((pair) => pair.userId),
    pairs.map((pair) => pair.targetId),
    pairs.map((pair) => pair.openAfter.toISOString()),
  ]);
  const states: PairState[] = [];
  for (const { ordinal, sent, received, ...state } of rows) {
    states[ordinal - 1] = {
      ...state,
      sent: sent === null ? null : { extra: sent },
      received: received === null ? null : { extra: received },
    };
  }
  return states;
}

export interface NewFriendship extends PairKey {
  readonly at: Date;
}

export interface NewRequest extends PairKey {
  readonly extra: string;
  readonly at: Date;
}

export interface RequestKey {
  readonly environmentId: EnvironmentId;
  readonly requesterId: string;
  readonly targetId: string;
}

const WRITE = {
  name: "friends-write",
  text: `WITH made AS (
      INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
      SELECT * FROM ${rowsOf("int", "text", "text", "timestamptz")}
    ), counted AS (
      UPDATE users u SET friend_count = u.friend_count + i.more
      FROM ${fewRows(5, { environment_id: "int", user_id: "text", more: "int" })} i
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id
    ), accepted AS (
      UPDATE friend_requests r SET status = 1
      FROM ${fewRows(8, { environment_id: "int", requester_id: "text", target_id: "text" })} i
      WHERE r.environment_id = i.environment_id AND r.requester_id = i.requester_id AND r.target_id = i.target_id
    )
    INSERT INTO friend_requests (environment_id, requester_id, target_id, extra, requested_at)
    SELECT * FROM ${fewRows(11, { environment_id: "int", requester_id: "text", target_id: "text", extra: "text", at: "timestamptz" })} i
    ON CONFLICT (environment_id, requester_id, target_id)
    DO UPDATE SET extra = excluded.extra, status = 0, requested_at = excluded.requested_at`,
};

/**
 * Makes friendships with both their sides and both users' counts, closes the accepted requests, and opens or refreshes
 * requests: one statement. The users must be locked, the pairs distinct and not friends yet.
 */
export async function writeFriendships(
  run: Run,
  work: {
    readonly friendships: readonly NewFriendship[];
    readonly accepted: readonly RequestKey[];
    readonly requests: readonly NewRequest[];
  },
): Promise<void> {
  const { friendships, accepted, requests } = work;
  const sides = friendships.flatMap(({ environmentId, userId, targetId, at }) => [
    { environmentId, userId, friendId: targetId, at: at.toISOString() },
    { environmentId, userId: targetId, friendId: userId, at: at.toISOString() },
  ]);
  const more = countSides(sides);
  await run(WRITE, [
    sides.map((side) => side.environmentId),
    sides.map((side) => side.userId),
    sides.map((side) => side.friendId),
    sides.map((side) => side.at),
    more.map((count) => count.environmentId),
    more.map((count) => count.userId),
    more.map((count) => count.sides),
    accepted.map((request) => request.environmentId),
    accepted.map((request) => request.requesterId),
    accepted.map((request) => request.targetId),
    requests.map((request) => request.environmentId),
    requests.map((request) => request.userId),
    requests.map((request) => request.targetId),
    requests.map((request) => request.extra),
    requests.map((request) => request.at.toISOString()),
  ]);
}

function countSides(sides: ReadonlyArray<{ environmentId: EnvironmentId; userId: string }>) {
  const counts = new Map<string, { environmentId: EnvironmentId; userId: string; sides: number }>();
  for (const { environmentId, userId } of sides) {
    const key = `${environmentId}/${userId}`;
    const count = counts.get(key);
    if (count === undefined) counts.set(key, { environmentId, userId, sides: 1 });
    else count.sides += 1;
  }
  return [...counts.values()];
}
