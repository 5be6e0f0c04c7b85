import { expect, test } from "vitest";
import { testContext } from "@/test/support/context";
import { AGES, ENVIRONMENT_TIMES, REAL_TIMES, ROWS_OF_DAYS } from "./times-store";

const context = testContext();

test("of each time in an environment's rows it is said what becomes of it on the way back to real time", async () => {
  const { rows } = await context().db.pool.query<{ table: string; column: string }>(
    `SELECT c.relname AS "table", a.attname AS "column" FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
       AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('timestamptz'::regtype, 'date'::regtype)
       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'environment_id')`,
  );
  const named = (columns: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(columns).flatMap(([table, names]) => names.map((name) => `${table}.${name}`));
  const stored = rows.filter(({ table }) => !Object.hasOwn(ROWS_OF_DAYS, table));
  expect(stored.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    [...named(ENVIRONMENT_TIMES), ...named(REAL_TIMES)].sort(),
  );
  expect(named(ENVIRONMENT_TIMES)).toEqual(expect.arrayContaining([...AGES]));
});
