import pg from "pg";
import { schemaOf } from "./address";
import { takeMigrationLock } from "./migrate";
import { withConnection } from "./session";

/**
 * What the role of the running product may do in the database, where another one owns the tables and migrates them
 * (docs/decisions/0128-running-processes-cannot-change-the-audit-log.md): this list is what is granted, asked for at start, and told by `doctor`.
 */

const READ_AND_WRITE = ["SELECT", "INSERT", "UPDATE", "DELETE"] as const;

interface TableRights {
  readonly table: readonly string[];
  /** INSERT or UPDATE of some columns alone: those named, or all but those named. */
  readonly columns?: {
    readonly right: "INSERT" | "UPDATE";
    readonly of?: readonly string[];
    readonly but?: readonly string[];
  };
}

/** Tables with other rights than reading and writing. Of those that are `guarded` the role may have no others. */
const SPECIAL: Readonly<Record<string, TableRights & { readonly guarded: boolean }>> = {
  // An entry's id says when it was written, so the database gives it.
  audit_entries: { guarded: true, table: ["SELECT"], columns: { right: "INSERT", but: ["id"] } },
  audit_seals: { guarded: true, table: ["SELECT"] },
  audit_chain: { guarded: true, table: ["SELECT"], columns: { right: "UPDATE", of: ["lease_holder", "lease_until"] } },
  _prisma_migrations: { guarded: true, table: ["SELECT"] },
  ...Object.fromEntries(
    ["messages", "inbox_entries"].flatMap((name) =>
      [0, 1, 2].map((slot) => [`${name}_slot_${slot}`, { guarded: false, table: [...READ_AND_WRITE, "TRUNCATE"] }]),
    ),
  ),
};

/** They run with the rights of the tables' owner. */
const FUNCTIONS = ["audit_add_seal", "audit_remove_sealed"];

const EVERY_RIGHT = [...READ_AND_WRITE, "TRUNCATE", "REFERENCES", "TRIGGER"];

/** How a role stands to the product's tables; empty lists where there are none yet. */
export interface RoleRights {
  readonly role: string;
  /** What it lacks, in words such as "INSERT on users". */
  readonly missing: readonly string[];
  /** What it may do to the audit log, and must not: in the same words. */
  readonly excess: readonly string[];
  /** Owns the tables, is a member of the role that does, or of one that may do anything. */
  readonly owner: boolean;
  readonly superuser: boolean;
  /** May make roles, and so members of any. */
  readonly createRole: boolean;
  /** Owns the database. */
  readonly ownsDatabase: boolean;
  /** May make tables and functions in the schema. */
  readonly createInSchema: boolean;
}

/** Whether whoever has this role could change the audit log, or what guards it. */
export const isGuarded = (rights: RoleRights): boolean =>
  rights.excess.length === 0 &&
  !(rights.owner || rights.superuser || rights.createRole || rights.ownsDatabase || rights.createInSchema);

interface TableRow {
  readonly name: string;
  readonly held: string[];
  readonly columns: string[];
  readonly insertable: string[];
  readonly updatable: string[];
}

const TABLES = `SELECT c.relname::text AS name,
    ARRAY(SELECT one FROM unnest($3::text[]) AS one WHERE has_table_privilege($2::name, c.oid, one)) AS held,
    coalesce(special.columns, '{}') AS columns, coalesce(special.insertable, '{}') AS insertable, coalesce(special.updatable, '{}') AS updatable
  FROM pg_class AS c LEFT JOIN LATERAL (
    SELECT array_agg(attname::text) AS columns,
      array_agg(attname::text) FILTER (WHERE has_column_privilege($2::name, c.oid, attnum, 'INSERT')) AS insertable,
      array_agg(attname::text) FILTER (WHERE has_column_privilege($2::name, c.oid, attnum, 'UPDATE')) AS updatable
    FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND c.relname = ANY($4::name[])
  ) AS special ON true
  WHERE c.relnamespace = $1::oid AND c.relkind IN ('r', 'p') ORDER BY c.relname`;

/** PostgreSQL may ask in any order, and fails when it asks of what is no sequence: of that, it says true. */
const ofSequence = (oid: string, right: string) =>
  `CASE relkind WHEN 'S' THEN has_sequence_privilege($2::name, ${oid}, '${right}') ELSE true END`;

const OTHERS = `SELECT 'USAGE on the sequence ' || relname AS missing FROM pg_class
    WHERE relnamespace = $1::oid AND NOT ${ofSequence("oid", "USAGE")}
  UNION ALL SELECT 'SELECT on the sequence ' || relname FROM pg_class WHERE relnamespace = $1::oid AND NOT ${ofSequence("oid", "SELECT")}
  UNION ALL SELECT 'EXECUTE on the function ' || proname FROM pg_proc
    WHERE pronamespace = $1::oid AND proname = ANY($3::name[]) AND NOT has_function_privilege($2::name, oid, 'EXECUTE')
  UNION ALL SELECT 'USAGE on the schema ' || nspname FROM pg_namespace WHERE oid = $1::oid AND NOT has_schema_privilege($2::name, oid, 'USAGE')`;

const CHANGED_SEQUENCES = `SELECT 'UPDATE on the sequence ' || c.relname AS excess FROM pg_class AS c
  WHERE c.relnamespace = $1::oid AND c.relkind = 'S' AND ${ofSequence("c.oid", "UPDATE")}
    AND EXISTS (SELECT FROM pg_depend AS d JOIN pg_class AS t ON t.oid = d.refobjid WHERE d.objid = c.oid AND t.relname = ANY($3::name[]))`;

const ROLE = `SELECT rolsuper AS superuser, rolcreaterole AS "createRole",
    pg_has_role(r.oid, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER') AS "ownsDatabase",
    has_schema_privilege(r.oid, $2::oid, 'CREATE') AS "createInSchema",
    (SELECT coalesce(bool_or(pg_has_role(r.oid, relowner, 'MEMBER')), false) FROM pg_class
      WHERE relnamespace = $2::oid AND relname = ANY($3::name[]))
      OR EXISTS (SELECT FROM pg_roles AS p WHERE p.rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
        AND pg_has_role(r.oid, p.oid, 'MEMBER')) AS owner
  FROM pg_roles AS r WHERE rolname = $1::name`;

const GUARDED = Object.keys(SPECIAL).filter((name) => SPECIAL[name]?.guarded);

/** Asks what a role may do in a schema, which exists. */
export async function findRoleRights(client: pg.ClientBase, schema: string, role: string): Promise<RoleRights> {
  const { rows: found } = await client.query<{ oid: string }>("SELECT oid FROM pg_namespace WHERE nspname = $1", [
    schema,
  ]);
  const oid = found[0]?.oid;
  const special = Object.keys(SPECIAL);
  const tables = await client.query<TableRow>(TABLES, [oid, role, EVERY_RIGHT, special]);
  const others = await client.query<{ missing: string }>(OTHERS, [oid, role, FUNCTIONS]);
  const sequences = await client.query<{ excess: string }>(CHANGED_SEQUENCES, [oid, role, GUARDED]);
  const about = await client.query<Omit<RoleRights, "role" | "missing" | "excess">>(ROLE, [role, oid, GUARDED]);
  const [facts] = about.rows;
  if (facts === undefined) throw new Error(`There is no role ${role}.`);
  return {
    role,
    missing: [...tables.rows.flatMap(missingOf), ...others.rows.map(({ missing }) => missing)],
    excess: [...tables.rows.flatMap(excessOf), ...sequences.rows.map(({ excess }) => excess)],
    ...facts,
  };
}

const wantedOf = (name: string): TableRights => SPECIAL[name] ?? { table: READ_AND_WRITE };

/** The columns on which a right is wanted. */
function columnsOf({ columns }: TableRights, all: readonly string[]): readonly string[] {
  if (columns === undefined) return [];
  return columns.of ?? all.filter((name) => !columns.but?.includes(name));
}

const heldColumns = (row: TableRow, right: "INSERT" | "UPDATE") =>
  right === "INSERT" ? row.insertable : row.updatable;

function missingOf(row: TableRow): string[] {
  const wanted = wantedOf(row.name);
  const tables = wanted.table.filter((right) => !row.held.includes(right)).map((right) => `${right} on ${row.name}`);
  const { columns } = wanted;
  if (columns === undefined) return tables;
  const lacking = columnsOf(wanted, row.columns).filter((name) => !heldColumns(row, columns.right).includes(name));
  return lacking.length === 0 ? tables : [...tables, `${columns.right} on ${row.name}`];
}

function excessOf(row: TableRow): string[] {
  const wanted = SPECIAL[row.name];
  if (wanted === undefined || !wanted.guarded) return [];
  const tables = row.held.filter((right) => !wanted.table.includes(right));
  const columns = (["INSERT", "UPDATE"] as const).filter((right) => {
    const wantedColumns = wanted.columns?.right === right ? columnsOf(wanted, row.columns) : [];
    return !tables.includes(right) && heldColumns(row, right).some((name) => !wantedColumns.includes(name));
  });
  return [...tables, ...columns].map((right) => `${right} on ${row.name}`);
}

/** The role that an address signs in as. */
export function roleAt(url: string): Promise<string> {
  return withConnection({ url, applicationName: "im-user-service check" }, async (client) => {
    const { rows } = await client.query<{ role: string }>("SELECT current_user::text AS role");
    return rows[0]?.role ?? "";
  });
}

/**
 * Gives a role what it needs in the tables that `ownerUrl`'s role owns, and takes what it must not have, all at once; nothing where that is
 * so already. What is left is no owner's to give or take.
 */
export function grantRuntimeRights(ownerUrl: string, role: string): Promise<RoleRights> {
  const schema = schemaOf(ownerUrl);
  return withConnection({ url: ownerUrl, applicationName: "im-user-service migration lock" }, async (client) => {
    const before = await findRoleRights(client, schema, role);
    if (before.missing.length === 0 && before.excess.length === 0) return before;
    await takeMigrationLock(client);
    await client.query("BEGIN");
    for (const statement of await grantsFor(client, schema, role)) await client.query(statement);
    await client.query("COMMIT");
    return findRoleRights(client, schema, role);
  });
}

const OWNED = `SELECT c.relname::text AS name, c.relkind = 'S' AS sequence, ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum) AS columns
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'S') AND pg_has_role(c.relowner, 'USAGE') ORDER BY c.relname`;

const OWNED_FUNCTIONS = `SELECT p.oid::regprocedure::text AS signature FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
  WHERE n.nspname = $1 AND p.proname = ANY($2::name[]) AND pg_has_role(p.proowner, 'USAGE')`;

async function grantsFor(client: pg.ClientBase, schema: string, role: string): Promise<string[]> {
  const [place, to] = [pg.escapeIdentifier(schema), pg.escapeIdentifier(role)];
  const owned = await client.query<{ name: string; sequence: boolean; columns: string[] }>(OWNED, [schema]);
  const functions = await client.query<{ signature: string }>(OWNED_FUNCTIONS, [schema, FUNCTIONS]);
  const statements = [`GRANT USAGE ON SCHEMA ${place} TO ${to}`];
  for (const { name, sequence, columns } of owned.rows) {
    const what = `${place}.${pg.escapeIdentifier(name)}`;
    if (sequence) {
      statements.push(`REVOKE ALL ON SEQUENCE ${what} FROM ${to}`, `GRANT USAGE, SELECT ON SEQUENCE ${what} TO ${to}`);
      continue;
    }
    const wanted = wantedOf(name);
    const narrow = columnsOf(wanted, columns).map(pg.escapeIdentifier).join(", ");
    // Of a table it takes the rights on columns as well.
    statements.push(`REVOKE ALL ON ${what} FROM ${to}`, `GRANT ${wanted.table.join(", ")} ON ${what} TO ${to}`);
    if (wanted.columns !== undefined) statements.push(`GRANT ${wanted.columns.right} (${narrow}) ON ${what} TO ${to}`);
  }
  return [...statements, ...functions.rows.map(({ signature }) => `GRANT EXECUTE ON FUNCTION ${signature} TO ${to}`)];
}
