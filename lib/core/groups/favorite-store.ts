import type { Database } from "@/lib/db/database";
import { onPool, type Run } from "@/lib/db/statement";
import type { MembershipKey } from "./member-store";

/** Members' favorites. SQL, since they change as sets under the group's lock, in transactions on the pool. */

export interface Favorite {
  readonly userId: string;
  readonly favoritedAt: Date;
}

/** Which have been added or removed, and how many there are now. */
export interface ChangedFavorites {
  readonly ids: readonly string[];
  readonly total: number;
}

interface ChangedRow {
  readonly ids: readonly string[];
  readonly before: number;
}

const BEFORE = `(SELECT count(*)::int FROM group_favorites
    WHERE environment_id = $1::int AND user_id = $3::text AND group_id = $2::text) AS before`;

const INSERT = {
  name: "group-favorites-insert",
  text: `WITH changed AS (
      INSERT INTO group_favorites (environment_id, group_id, user_id, favorite_id, favorited_at)
      SELECT $1::int, $2::text, $3::text, favorite_id, $5::timestamptz FROM unnest((SELECT $4::text[])) AS i(favorite_id)
      ON CONFLICT DO NOTHING RETURNING favorite_id
    )
    SELECT coalesce((SELECT array_agg(favorite_id ORDER BY favorite_id) FROM changed), '{}') AS ids, ${BEFORE}`,
};

export async function insertFavorites(
  run: Run,
  { environmentId, groupId, userId }: MembershipKey,
  favoriteIds: readonly string[],
  at: Date,
): Promise<ChangedFavorites> {
  const [row] = await run<ChangedRow>(INSERT, [environmentId, groupId, userId, favoriteIds, at.toISOString()]);
  const { ids, before } = row ?? { ids: [], before: 0 };
  return { ids, total: before + ids.length };
}

const DELETE = {
  name: "group-favorites-delete",
  text: `WITH changed AS (
      DELETE FROM group_favorites WHERE environment_id = $1::int AND user_id = $3::text AND group_id = $2::text
        AND favorite_id = ANY($4::text[]) RETURNING favorite_id
    )
    SELECT coalesce((SELECT array_agg(favorite_id ORDER BY favorite_id) FROM changed), '{}') AS ids, ${BEFORE}`,
};

export async function deleteFavorites(
  run: Run,
  { environmentId, groupId, userId }: MembershipKey,
  favoriteIds: readonly string[],
): Promise<ChangedFavorites> {
  const [row] = await run<ChangedRow>(DELETE, [environmentId, groupId, userId, favoriteIds]);
  const { ids, before } = row ?? { ids: [], before: 0 };
  return { ids, total: before - ids.length };
}

const FIND = {
  name: "group-favorites-find",
  text: `SELECT favorite_id AS "userId", favorited_at AS "favoritedAt" FROM group_favorites
    WHERE environment_id = $1::int AND user_id = $3::text AND group_id = $2::text ORDER BY favorited_at DESC, favorite_id`,
};

/** The latest first; at most as many as a member may have. */
export function findFavorites(db: Database, { environmentId, groupId, userId }: MembershipKey): Promise<Favorite[]> {
  return onPool(db.pool)<Favorite>(FIND, [environmentId, groupId, userId]);
}
