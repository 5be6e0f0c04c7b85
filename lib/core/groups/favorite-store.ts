import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Write, write } from "@/lib/db/statement";
import type { MembershipKey } from "./member-store";

/** Members' favorites. SQL, since they change as sets under the group's lock, in transactions on the pool. */

export interface Favorite {
  readonly userId: string;
  readonly favoritedAt: Date;
}

// A range of the key: as equalities, the index of a group's favorites would serve as well, for whoever has seen no large group, and
// give those of all its members (decision 45).
const OF_MEMBER = `environment_id = $1::int AND (user_id, group_id) >= ($3::text, $2::text) AND (user_id, group_id) <= ($3::text, $2::text)`;

const FIND_IDS = {
  name: "group-favorites-ids",
  text: `SELECT favorite_id AS "favoriteId" FROM group_favorites WHERE ${OF_MEMBER}`,
};

/** Whom a member has among the favorites; under the group's lock it stays so. */
export async function findFavoriteIds(
  run: Run,
  { environmentId, groupId, userId }: MembershipKey,
): Promise<ReadonlySet<string>> {
  const rows = await run<{ favoriteId: string }>(FIND_IDS, [environmentId, groupId, userId]);
  return new Set(rows.map(({ favoriteId }) => favoriteId));
}

const INSERT = {
  name: "group-favorites-insert",
  text: `INSERT INTO group_favorites (environment_id, group_id, user_id, favorite_id, favorited_at)
    SELECT $1::int, $2::text, $3::text, favorite_id, $5::timestamptz FROM unnest((SELECT $4::text[])) AS i(favorite_id)`,
};

/** Adds favorites that are none yet. */
export function addedFavorites(
  { environmentId, groupId, userId }: MembershipKey,
  favoriteIds: readonly string[],
  at: Date,
): Write {
  return write(INSERT, [environmentId, groupId, userId, favoriteIds, at.toISOString()]);
}

const DELETE = {
  name: "group-favorites-delete",
  text: `DELETE FROM group_favorites WHERE ${OF_MEMBER} AND favorite_id = ANY($4::text[])`,
};

export function removedFavorites(
  { environmentId, groupId, userId }: MembershipKey,
  favoriteIds: readonly string[],
): Write {
  return write(DELETE, [environmentId, groupId, userId, favoriteIds]);
}

const FIND = {
  name: "group-favorites-find",
  text: `SELECT favorite_id AS "userId", favorited_at AS "favoritedAt" FROM group_favorites
    WHERE ${OF_MEMBER} ORDER BY favorited_at DESC, favorite_id`,
};

/** The latest first; at most as many as a member may have. */
export function findFavorites(db: Database, { environmentId, groupId, userId }: MembershipKey): Promise<Favorite[]> {
  return onPool(db.pool)<Favorite>(FIND, [environmentId, groupId, userId]);
}
