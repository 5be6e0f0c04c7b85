import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { inPrisma } from "@/lib/db/statement";
import { searchName } from "../search/fold";
import { termsOf } from "../search/search-name-store";

const NEXT = {
  name: "groups-to-fold",
  text: `SELECT environment_id AS "environmentId", group_id AS "groupId", name FROM groups WHERE search_name IS NULL
    ORDER BY environment_id, group_id LIMIT $1::int FOR NO KEY UPDATE SKIP LOCKED`,
};

const FILL = {
  name: "groups-fold",
  text: `WITH filled AS (
      UPDATE groups AS g SET search_name = i.search_name
      FROM ${rowsOf("int", "text", "text")} AS i(environment_id, group_id, search_name)
      WHERE g.environment_id = i.environment_id AND g.group_id = i.group_id
      RETURNING g.environment_id, g.group_id, g.search_name
    )
    INSERT INTO group_search_terms (environment_id, group_id, whole, term)
    SELECT f.environment_id, f.group_id, terms.whole, terms.term FROM filled AS f, LATERAL ${termsOf("f.search_name")} AS terms
    ON CONFLICT DO NOTHING`,
};

/** Puts up to `limit` groups that nobody holds under the words of their names; gives how many. */
export function fillGroupNames(db: Database, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const run = inPrisma(tx);
    const groups = await run<{ environmentId: number; groupId: string; name: string }>(NEXT, [limit]);
    if (groups.length === 0) return 0;
    await run(FILL, [
      groups.map(({ environmentId }) => environmentId),
      groups.map(({ groupId }) => groupId),
      groups.map(({ name }) => searchName(name)),
    ]);
    return groups.length;
  });
}
