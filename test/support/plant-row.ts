import { randomUUID } from "node:crypto";
import type pg from "pg";

interface Column {
  readonly name: string;
  /** PostgreSQL's name of the type, such as `int4`, `text`, `_text` (an array) or an enum's own. */
  readonly type: string;
  readonly needed: boolean;
}

interface ForeignKey {
  readonly parent: string;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * Inserts a row into any table of the schema: `values` as given, made-up ones where the table needs more, and the rows
 * of other tables that its foreign keys need. Gives the row. So a test can fill tables that it has never heard of.
 */
export async function plantRow(pool: Pick<pg.Pool, "query">, table: string, values: Row): Promise<Row> {
  const row: Record<string, unknown> = { ...values };
  for (const key of await foreignKeysOf(pool, table)) {
    if (key.columns.every((column) => column in row)) {
      await plantParent(pool, key, row);
      continue;
    }
    const shared = key.columns.flatMap((column, index) =>
      column in row ? [[key.parentColumns[index] ?? column, row[column]] as const] : [],
    );
    const parent = await plantRow(pool, key.parent, Object.fromEntries(shared));
    for (const [index, column] of key.columns.entries()) row[column] = parent[key.parentColumns[index] ?? column];
  }
  for (const column of await columnsOf(pool, table)) {
    if (column.needed && !(column.name in row)) row[column.name] = await madeUp(pool, column);
  }
  const names = Object.keys(row);
  const { rows } = await pool.query<Row>(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(", ")})
     VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")}) RETURNING *`,
    names.map((name) => row[name]),
  );
  const [planted] = rows;
  if (planted === undefined) throw new Error(`nothing was planted in ${table}`);
  return planted;
}

/** Plants the row that a foreign key names, unless it is there. */
async function plantParent(pool: Pick<pg.Pool, "query">, key: ForeignKey, row: Row): Promise<void> {
  const named = key.parentColumns.map((column, index) => [column, row[key.columns[index] ?? column]] as const);
  const { rowCount } = await pool.query(
    `SELECT FROM "${key.parent}" WHERE ${named.map(([column], index) => `"${column}" = $${index + 1}`).join(" AND ")}`,
    named.map(([, value]) => value),
  );
  if (rowCount === 0) await plantRow(pool, key.parent, Object.fromEntries(named));
}

async function columnsOf(pool: Pick<pg.Pool, "query">, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `SELECT column_name AS name, udt_name AS type,
       is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS needed
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  return rows;
}

async function foreignKeysOf(pool: Pick<pg.Pool, "query">, table: string): Promise<ForeignKey[]> {
  const { rows } = await pool.query<ForeignKey>(
    `SELECT f.relname AS parent,
       (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k(num, n)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns,
       (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY AS k(num, n)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num) AS "parentColumns"
     FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
     WHERE c.contype = 'f' AND c.conrelid = ('public.' || quote_ident($1))::regclass`,
    [table],
  );
  return rows;
}

const NUMBERS = new Set(["int2", "int4", "numeric", "float4", "float8"]);

let lastNumber = 1_000;

async function madeUp(pool: Pick<pg.Pool, "query">, { name, type }: Column): Promise<unknown> {
  // Keys are bigints; the smaller ones stand for one of a few kinds.
  if (type === "int8") {
    lastNumber += 1;
    return lastNumber;
  }
  if (NUMBERS.has(type)) return 1;
  if (type === "bool") return false;
  if (type === "text" || type === "varchar") return `made-up-${randomUUID()}`;
  if (type === "uuid") return randomUUID();
  if (type === "jsonb" || type === "json") return "{}";
  if (type === "bytea") return Buffer.from([1]);
  if (type.startsWith("timestamp") || type === "date") return new Date();
  if (type.startsWith("_")) return [];
  const { rows } = await pool.query<{ label: string }>(
    `SELECT enumlabel AS label FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = $1
     ORDER BY enumsortorder LIMIT 1`,
    [type],
  );
  const [first] = rows;
  if (first === undefined) throw new Error(`plantRow() cannot make up a value for ${name}, of the type ${type}`);
  return first.label;
}
