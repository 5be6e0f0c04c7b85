import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

interface GroupKey {
  readonly environmentId: EnvironmentId;
  readonly groupId: string;
}

// LATERAL: one index search per group under every plan, also one kept since the table was empty.
const FIND_MEMBER_IDS = {
  name: "groups-member-ids",
  text: `SELECT i.ordinal::int AS ordinal, m.user_ids AS "userIds", m.members
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, group_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT array_agg(g.user_id) FILTER (WHERE u.gone IS NULL) AS user_ids, count(*)::int AS members FROM (
        SELECT user_id FROM group_members WHERE environment_id = i.environment_id AND group_id = i.group_id OFFSET 0
      ) g LEFT JOIN LATERAL (
        SELECT true AS gone FROM users
        WHERE environment_id = i.environment_id AND user_id = g.user_id AND soft_deleted_at IS NOT NULL LIMIT 1
      ) u ON true
    ) m`,
};

const nameOf = ({ environmentId, groupId }: GroupKey) => `${environmentId}/${groupId}`;

async function findAll(db: Database, keys: readonly GroupKey[]): Promise<(string[] | null)[]> {
  // Many write to a busy group at the same time, and its members are read once for all of them.
  const groups = new Map(keys.map((key) => [nameOf(key), key]));
  const rows = await onPool(db.pool)<{ ordinal: number; userIds: string[] | null; members: number }>(FIND_MEMBER_IDS, [
    numberArray([...groups.values()].map((key) => key.environmentId)),
    textArray([...groups.values()].map((key) => key.groupId)),
  ]);
  const names = [...groups.keys()];
  const found = new Map<string | undefined, string[] | null>();
  // A group is never empty, since its owner cannot leave.
  for (const { ordinal, userIds, members } of rows) {
    found.set(names[ordinal - 1], members === 0 ? null : (userIds ?? []));
  }
  return keys.map((key) => found.get(nameOf(key)) ?? null);
}

const finding = perDatabase((db) =>
  createBatch<GroupKey, string[] | null>({
    maxItems: 50,
    // One at a time, so that a sender's messages keep their order.
    maxInFlight: 1,
    run: (keys) => findAll(db, keys),
  }),
);

/** Who is in the group and not soft-deleted; null when there is no such group. Concurrent calls share a statement. */
export function findMemberIds(db: Database, environmentId: EnvironmentId, groupId: string): Promise<string[] | null> {
  return finding(db)({ environmentId, groupId });
}
