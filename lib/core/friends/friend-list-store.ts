import type { Database } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { joinShownUser } from "../users/shown-user-sql";

export interface StoredFriend {
  readonly userId: string;
  /** Hosted name, else the registered one. */
  readonly name: string;
  readonly portraitUri: string;
  /** "" when there is none. */
  readonly alias: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly addedAt: Date;
  /** Whether the owner of the list has blocked this friend. */
  readonly blocked: boolean;
}

/** `[added at in Unix milliseconds, friend's id]` */
export type FriendKeys = readonly [number, string];

const SHOWN = `f.friend_id AS "userId", coalesce(s.name, '') AS name, coalesce(s."portraitUri", '') AS "portraitUri", f.alias,
    f.extended AS attributes, f.added_at AS "addedAt", b.found IS NOT NULL AS blocked`;

const BLOCKED = `LEFT JOIN LATERAL (
      SELECT true AS found FROM blocks
      WHERE environment_id = $1::int AND user_id = $2::text AND blocked_id = f.friend_id LIMIT 1
    ) b ON true`;

const page = (name: string, beyond: "<" | ">", direction: "ASC" | "DESC") => ({
  name,
  text: `SELECT u.friend_count AS "totalCount", f.friend_id IS NOT NULL AS found, ${SHOWN}
    FROM (
      SELECT friend_count FROM users
      WHERE environment_id = $1::int AND user_id = $2::text AND soft_deleted_at IS NULL LIMIT 1
    ) u LEFT JOIN LATERAL (
      SELECT friend_id, alias, extended, added_at FROM friendships
      WHERE environment_id = $1::int AND user_id = $2::text AND (added_at, friend_id) ${beyond} ($3::timestamptz, $4::text)
      ORDER BY added_at ${direction}, friend_id ${direction} LIMIT $5::int
    ) f ON true
    ${joinShownUser("s", "$1::int", "f.friend_id")}
    ${BLOCKED}
    ORDER BY f.added_at ${direction}, f.friend_id ${direction}`,
});

const OLDEST_FIRST = page("friends-oldest-first", ">", "ASC");
const NEWEST_FIRST = page("friends-newest-first", "<", "DESC");

/**
 * A user's friends from `after` on, exclusively, by when they were added; with the number of all friends from the same
 * moment. Null for a user who is unknown or soft-deleted.
 */
export async function findFriends(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
  window: { readonly after: FriendKeys | null; readonly downwards: boolean; readonly limit: number },
): Promise<{ totalCount: number; friends: StoredFriend[] } | null> {
  const { after, downwards, limit } = window;
  const start = downwards ? "infinity" : "-infinity";
  const rows = await onPool(db.pool)<StoredFriend & { totalCount: number; found: boolean }>(
    downwards ? NEWEST_FIRST : OLDEST_FIRST,
    [environmentId, userId, after === null ? start : new Date(after[0]).toISOString(), after?.[1] ?? "", limit],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const friends = rows.flatMap(({ totalCount: _, found, ...friend }) => (found ? [friend] : []));
  return { totalCount: first.totalCount, friends };
}

const BY_ID = {
  name: "friends-by-id",
  text: `SELECT ${SHOWN} FROM unnest((SELECT $3::text[])) WITH ORDINALITY AS i(friend_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT friend_id, alias, extended, added_at FROM friendships
      WHERE environment_id = $1::int AND user_id = $2::text AND friend_id = i.friend_id LIMIT 1
    ) f
    ${joinShownUser("s", "$1::int", "f.friend_id")}
    ${BLOCKED}
    ORDER BY i.ordinal`,
};

/** Those of the ids who are friends, in their order. */
export function findFriendsById(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
  friendIds: readonly string[],
): Promise<StoredFriend[]> {
  return onPool(db.pool)<StoredFriend>(BY_ID, [environmentId, userId, friendIds]);
}
