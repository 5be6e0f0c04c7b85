import { type Run, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

export interface GroupKey {
  readonly environmentId: EnvironmentId;
  readonly groupId: string;
}

// LATERAL: one index search per group under every plan, also one kept since the table was empty.
const FIND_MEMBER_IDS = {
  name: "groups-member-ids",
  text: `SELECT i.ordinal::int AS ordinal, m.user_ids AS "userIds"
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, group_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT array_agg(user_id) AS user_ids FROM (
        SELECT user_id FROM group_members WHERE environment_id = i.environment_id AND group_id = i.group_id OFFSET 0
      ) g
    ) m`,
};

/** Who is in each group, in the order of `keys`; nobody where there is no such group. One statement. */
export async function findMemberIds(run: Run, keys: readonly GroupKey[]): Promise<string[][]> {
  const rows = await run<{ ordinal: number; userIds: string[] | null }>(FIND_MEMBER_IDS, [
    keys.map((key) => key.environmentId),
    keys.map((key) => key.groupId),
  ]);
  const found: string[][] = keys.map(() => []);
  for (const { ordinal, userIds } of rows) found[ordinal - 1] = userIds ?? [];
  return found;
}
