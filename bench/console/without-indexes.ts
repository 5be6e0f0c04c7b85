import type pg from "pg";
import { unlimited } from "./bulk-users";

interface Made {
  readonly drop: string;
  readonly make: string;
}

/** Indexes and constraints of these tables that cost a write, foreign keys first: they lean on the others. */
const MADE_SQL = `
  SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', rel.relname, con.conname) AS drop,
    format('ALTER TABLE %I ADD CONSTRAINT %I %s', rel.relname, con.conname, pg_get_constraintdef(con.oid)) AS make
  FROM pg_constraint AS con JOIN pg_class AS rel ON rel.oid = con.conrelid
  WHERE (rel.oid = ANY($1::regclass[]) AND con.contype IN ('p', 'u', 'f')) OR con.confrelid = ANY($1::regclass[])
  ORDER BY con.contype <> 'f', con.oid`;
const INDEXES_SQL = `
  SELECT format('DROP INDEX %I', ind.relname) AS drop, pg_get_indexdef(ind.oid) AS make
  FROM pg_index AS i JOIN pg_class AS ind ON ind.oid = i.indexrelid
  WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
  ORDER BY ind.oid`;

/**
 * Fills tables of a database of our own without their indexes, which are made again afterwards, as they were and two at a time: ten
 * million users are loaded in minutes so, and in an hour otherwise. A table that is not filled from empty gains nothing.
 */
export async function withoutIndexes(pool: pg.Pool, tables: readonly string[], fill: () => Promise<void>) {
  const constraints = (await pool.query<Made>(MADE_SQL, [tables])).rows;
  const indexes = (await pool.query<Made>(INDEXES_SQL, [tables])).rows;
  for (const { drop } of [...constraints, ...indexes]) await pool.query(drop);
  await fill();
  const foreign = constraints.filter(({ make }) => make.includes("FOREIGN KEY"));
  const keys = constraints.filter((one) => !foreign.includes(one));
  // A plain CREATE INDEX lets others of the same table be made beside it; a constraint does not, and foreign keys need those.
  const waiting = [...indexes];
  const make = () =>
    unlimited(pool, async (client) => {
      await client.query("SET maintenance_work_mem = '1GB'");
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await client.query(one.make);
    });
  await Promise.all([make(), make()]);
  await unlimited(pool, async (client) => {
    await client.query("SET maintenance_work_mem = '1GB'");
    for (const { make } of [...keys, ...foreign]) await client.query(make);
  });
}
