import type pg from "pg";
import { OTHER_IDS, TABLES_WITHOUT_USERS, USER_COLUMNS, USER_DATA } from "@/lib/core/user-data/user-data";

const WHERE = "lib/core/user-data/user-data.ts";

/** Names of columns that may hold the id of a user. */
const LOOKS_LIKE_AN_ID = /(^|_)(ids?|key|user|users|owner|sender|recipient|target|peer|author)$/;
const TEXT_TYPES = new Set(["text", "_text", "varchar"]);

/**
 * Everything in the database's schema that user-data.ts does not know, as sentences that say what to do. Empty when soft
 * delete and the deletion of test users have been thought of for every table and column.
 */
export async function unknownUserData(pool: pg.Pool): Promise<string[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT c.relname AS table, a.attname AS column, y.typname AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type y ON y.oid = a.atttypid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname, a.attnum`,
  );
  const tables = [...new Set(columns.map(({ table }) => table))];
  const withUsers = new Set(["users", ...USER_DATA.map(({ table }) => table)]);
  const named = new Set(USER_DATA.map(({ table, column }) => `${table}.${column}`));
  const exists = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  const problems: string[] = [];

  for (const table of tables) {
    if (withUsers.has(table) || Object.hasOwn(TABLES_WITHOUT_USERS, table)) continue;
    problems.push(
      `The table ${table} is new: add to USER_DATA in ${WHERE} a line for each of its columns that holds a user's id, saying what soft delete and the deletion of a test user do with such rows; or add it to TABLES_WITHOUT_USERS there when it holds nothing of users.`,
    );
  }
  for (const { table, column, type } of columns) {
    const place = `${table}.${column}`;
    if (table === "users") {
      if (Object.hasOwn(USER_COLUMNS, column)) continue;
      problems.push(
        `The column ${place} is new: add it to USER_COLUMNS in ${WHERE}, with the value that soft delete gives it or the reason why it keeps its own.`,
      );
    } else if (withUsers.has(table) && TEXT_TYPES.has(type) && LOOKS_LIKE_AN_ID.test(column)) {
      if (named.has(place) || Object.hasOwn(OTHER_IDS, place) || column === "id") continue;
      problems.push(
        `The column ${place} may hold a user's id: add a line for it to USER_DATA in ${WHERE}, or to OTHER_IDS there when it names something else.`,
      );
    }
  }
  for (const place of [...named, ...Object.keys(OTHER_IDS), ...Object.keys(USER_COLUMNS).map((c) => `users.${c}`)]) {
    if (!exists.has(place)) problems.push(`${WHERE} names ${place}, which does not exist.`);
  }
  for (const table of Object.keys(TABLES_WITHOUT_USERS)) {
    if (!tables.includes(table)) problems.push(`${WHERE} names the table ${table}, which does not exist.`);
  }
  return problems;
}

/** In which tables, and how often, a text occurs anywhere in a row: in ids, lists or JSON alike. */
export async function occurrences(pool: pg.Pool, text: string, environmentId: number): Promise<Map<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attname = 'environment_id' ORDER BY 1`,
  );
  const found = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "${name}" AS t WHERE environment_id = $1 AND position($2 IN t::text) > 0`,
      [environmentId, text],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) found.set(name, count);
  }
  return found;
}
