import { fewRows } from "@/lib/db/sql";
import { type Run, runWrites, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { searchName } from "./fold";

/**
 * The search index of users: `users.search_name` and, following from it, the rows of `user_search_terms`. Both change in the
 * transaction that changes the name.
 */

/** Stands in a term between the words from its own on and those before: "hoffmann / grace". */
export const TURN = " / ";

/**
 * SQL for the terms of a search name, as rows of `whole` and `term`: "grace ann hoffmann" gives itself, "ann hoffmann / grace" and
 * "hoffmann / grace ann". `name` is an SQL expression; null and "" have none.
 */
export const termsOf = (name: string): string => `(
    SELECT whole.whole, whole.term FROM (SELECT true AS whole, ${name} AS term) AS whole WHERE whole.term <> ''
    UNION ALL
    SELECT false, array_to_string(w.words[n:], ' ') || '${TURN}' || array_to_string(w.words[:n - 1], ' ')
    FROM (SELECT string_to_array(${name}, ' ') AS words) AS w, generate_series(2, cardinality(w.words)) AS n
  )`;

// By arrays, of which PostgreSQL expects a single row: an index search per term, however many it took there to be.
const GONE_TERMS = (users: string) => `WITH terms AS MATERIALIZED (
      SELECT o.environment_id, o.user_id, terms.whole, terms.term FROM ${users} AS o, LATERAL ${termsOf("o.search_name")} AS terms
    )
    DELETE FROM user_search_terms AS t USING (
      SELECT * FROM unnest(
        (SELECT array_agg(environment_id) FROM terms), (SELECT array_agg(user_id) FROM terms),
        (SELECT array_agg(whole) FROM terms), (SELECT array_agg(term) FROM terms)
      ) AS few(environment_id, user_id, whole, term) LIMIT (SELECT 1000000)
    ) AS gone
    WHERE t.environment_id = gone.environment_id AND t.whole = gone.whole AND t.term = gone.term AND t.user_id = gone.user_id`;

/** Deletes the terms of users `$2` of the environment `$1`, who are locked. */
export const ERASE_TERMS = {
  name: "search-erase-terms",
  text: GONE_TERMS(
    "(SELECT environment_id, user_id, search_name FROM users WHERE environment_id = $1::int AND user_id = ANY($2::text[]))",
  ),
};

// Names whose words differ have no term in common, and those whose words are the same are left alone.
const SAVE_SEARCH_NAMES = {
  name: "search-save-names",
  text: `WITH changed AS MATERIALIZED (
      SELECT u.environment_id, u.user_id, u.search_name, i.search_name AS new_name
      FROM ${fewRows(2, { user_id: "text", search_name: "text" })} AS i
      CROSS JOIN LATERAL (
        SELECT environment_id, user_id, search_name FROM users WHERE environment_id = $1::int AND user_id = i.user_id LIMIT 1
      ) AS u
      WHERE u.search_name IS DISTINCT FROM i.search_name
    ), gone AS (${GONE_TERMS("changed")}
    ), made AS (
      INSERT INTO user_search_terms (environment_id, user_id, whole, term)
      SELECT c.environment_id, c.user_id, terms.whole, terms.term FROM changed AS c, LATERAL ${termsOf("c.new_name")} AS terms
      ON CONFLICT DO NOTHING
    )
    UPDATE users AS u SET search_name = c.new_name FROM (SELECT * FROM changed LIMIT (SELECT 1000000)) AS c
    WHERE u.environment_id = c.environment_id AND u.user_id = c.user_id`,
};

/**
 * Puts users under the words of their names, as they are called now. Call in the transaction that gives the names, while the
 * users are locked or new. `users` are distinct.
 */
export async function saveSearchNames(
  run: Run,
  environmentId: EnvironmentId,
  users: ReadonlyArray<{ readonly userId: string; readonly name: string }>,
): Promise<void> {
  if (users.length > 0) await runWrites(run, [searchNamesWrite(environmentId, users)]);
}

/** The same as one of a command's last writes. */
export function searchNamesWrite(
  environmentId: EnvironmentId,
  users: ReadonlyArray<{ readonly userId: string; readonly name: string }>,
): Write {
  return write(SAVE_SEARCH_NAMES, [
    environmentId,
    users.map(({ userId }) => userId),
    users.map(({ name }) => searchName(name)),
  ]);
}
