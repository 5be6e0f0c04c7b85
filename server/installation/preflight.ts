import pg from "pg";
import { placeOf, schemaOf } from "@/lib/db/address";
import { pendingMigrations } from "@/lib/db/migrate";
import { findRoleRights } from "@/lib/db/runtime-role";
import { withConnection } from "@/lib/db/session";
import { whyNoAnswer } from "./no-answer";
import { findPooler, type Pooler } from "./pooler";

/**
 * What is asked of a PostgreSQL that this product did not start, before its first statement there: a start that would end with half of
 * the migrations, or run until the first call that needs something else, does not begin. `doctor` says the same.
 */

/** The lowest and the highest major version that the tests run on. Newer ones are not refused. */
export const LEAST_POSTGRES = 15;
export const HIGHEST_TESTED_POSTGRES = 18;

/** Half of a lease: times of the database and of the processes are compared all over the product. */
const MOST_SKEW_MS = 10_000;
const ANSWER_WITHIN_MS = 8_000;

export interface DatabaseFault {
  /** Which of the questions: one word or two. */
  readonly check: string;
  /** What is wrong, and the statement or setting that helps. */
  readonly sentence: string;
}

export interface DatabaseReport {
  /** Empty when the product can run there. */
  readonly faults: DatabaseFault[];
  /** As PostgreSQL tells it, such as "18.4"; null when it did not answer. */
  readonly version: string | null;
  readonly pooler: Pooler;
  /** Connections that the role may have at most. */
  readonly connections: number;
}

interface Server {
  readonly version: string;
  readonly versionNumber: number;
  readonly encoding: string;
  readonly standby: boolean;
  readonly readOnly: boolean;
  readonly now: number;
  readonly role: string;
  readonly database: string;
  readonly mayCreateSchema: boolean;
  readonly connections: number;
}

const SERVER = `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS "versionNumber",
  current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
  current_setting('default_transaction_read_only')::bool AS "readOnly",
  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now, current_user AS role, current_database() AS database,
  has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchema",
  least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
    (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
    (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())) AS connections`;

interface InspectOptions {
  /** The setting that `url` is from. */
  readonly variable?: "DATABASE_URL" | "DATABASE_MIGRATE_URL";
  /** False: another role owns the tables, and grants what this one needs when they are migrated. */
  readonly tables?: boolean;
  /** This machine's clock, in milliseconds. */
  readonly now?: () => number;
}

/** Asks the PostgreSQL at `url`. Never throws. */
export async function inspectDatabase(url: string, options: InspectOptions = {}): Promise<DatabaseReport> {
  const { variable = "DATABASE_URL", tables = true, now = Date.now } = options;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    application_name: "im-user-service check",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await inspect(client, { url, variable, tables, now });
  } catch (error) {
    return {
      faults: [{ check: "answer", sentence: unanswered(variable, url, error) }],
      version: null,
      pooler: "none",
      connections: 0,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

const unanswered = (variable: string, url: string, error: unknown) =>
  `${variable} (${placeOf(url)}) does not answer: ${whyNoAnswer(error)}. Without DATABASE_URL the embedded database is used.`;

async function inspect(
  client: pg.Client,
  { url, variable, tables, now }: Required<InspectOptions> & { readonly url: string },
): Promise<DatabaseReport> {
  const pooler = await findPooler(url, client);
  const asked = now();
  const { rows } = await client.query<Server>(SERVER);
  const answered = now();
  const [server] = rows;
  if (server === undefined) throw new Error("it gives no answer to a question");
  const faults = [
    pooler === "transaction" ? pooledFault(variable) : null,
    versionFault(server),
    encodingFault(server),
    standbyFault(server, variable),
    clockFault(server.now, asked, answered),
  ].filter((fault) => fault !== null);
  // Rights are asked for where the rest is well: statements like these need a PostgreSQL that the product knows.
  if (tables && faults.length === 0) faults.push(...(await rightsFaults(url, server)));
  return { faults, version: server.version, pooler, connections: server.connections };
}

const pooledFault = (variable: string): DatabaseFault => ({
  check: "pooler",
  sentence: `${variable} leads to a pooler that shares sessions (pgbouncer with pool_mode=transaction or statement): prepared statements, LISTEN and locks of a session do not work there. Give PostgreSQL's own address, or a pool with pool_mode=session; each process has a pool of its own (DATABASE_POOL_SIZE).`,
});

function versionFault({ version, versionNumber }: Server): DatabaseFault | null {
  if (versionNumber >= LEAST_POSTGRES * 10_000) return null;
  return { check: "version", sentence: `PostgreSQL ${version} is too old: use PostgreSQL ${LEAST_POSTGRES} or newer.` };
}

function encodingFault({ encoding, database }: Server): DatabaseFault | null {
  if (encoding === "UTF8") return null;
  return {
    check: "encoding",
    sentence: `The database ${database} has the encoding ${encoding}, which cannot hold every text. Make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;`,
  };
}

function standbyFault({ standby, readOnly, role, database }: Server, variable: string): DatabaseFault | null {
  if (standby) {
    return {
      check: "standby",
      sentence: `${variable} leads to a standby, which cannot be written to. Give the address of the primary.`,
    };
  }
  if (!readOnly) return null;
  return {
    check: "read only",
    sentence: `Transactions of the role ${role} in ${database} are read-only by default. Undo it: ALTER ROLE ${quoted(role)} RESET default_transaction_read_only; or ALTER DATABASE ${quoted(database)} RESET default_transaction_read_only;`,
  };
}

/** The clocks differ for certain: the answer was given between `asked` and `answered`. */
function clockFault(theirs: number, asked: number, answered: number): DatabaseFault | null {
  const ahead = Math.max(theirs - answered, asked - theirs);
  if (ahead <= MOST_SKEW_MS) return null;
  return {
    check: "clock",
    sentence: `The clocks of this machine and of PostgreSQL are ${Math.round(ahead / 1000)} s apart, ${MOST_SKEW_MS / 1000} s at most may be. Let both be set by a time service (NTP).`,
  };
}

interface Rights {
  readonly exists: boolean;
  readonly usage: boolean;
  readonly create: boolean;
  /** A table of the schema that another role owns, and that role; null: there is none. */
  readonly foreignTable: string | null;
  readonly foreignOwner: string | null;
}

const RIGHTS = `SELECT count(n.oid) > 0 AS exists, bool_or(has_schema_privilege(n.oid, 'USAGE')) AS usage,
    bool_or(has_schema_privilege(n.oid, 'CREATE')) AS create,
    (array_agg(t.relname) FILTER (WHERE NOT pg_has_role(t.relowner, 'USAGE')))[1] AS "foreignTable",
    (array_agg(pg_get_userbyid(t.relowner)) FILTER (WHERE NOT pg_has_role(t.relowner, 'USAGE')))[1] AS "foreignOwner"
  FROM pg_namespace n LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relkind IN ('r', 'p')
  WHERE n.nspname = $1`;

async function rightsFaults(url: string, server: Server): Promise<DatabaseFault[]> {
  const schema = schemaOf(url);
  return withConnection({ url, applicationName: "im-user-service check" }, async (client) => {
    const { rows } = await client.query<Rights>(RIGHTS, [schema]);
    const [rights] = rows;
    const sentence = rights === undefined ? null : await missingRight(client, schema, server, rights);
    return sentence === null ? [] : [{ check: "rights", sentence }];
  });
}

async function missingRight(client: pg.Client, schema: string, server: Server, rights: Rights): Promise<string | null> {
  const [role, name] = [quoted(server.role), quoted(schema)];
  const asOwner = `As the owner of the database ${server.database}`;
  if (!rights.exists) {
    if (server.mayCreateSchema) return null;
    return `The role ${server.role} may not make the schema ${schema}. ${asOwner}: CREATE SCHEMA ${name} AUTHORIZATION ${role};`;
  }
  if (!rights.usage) {
    return `The role ${server.role} may not use the schema ${schema}. ${asOwner}: GRANT USAGE, CREATE ON SCHEMA ${name} TO ${role};`;
  }
  const { missing } = await findRoleRights(client, schema, server.role);
  if (missing.length > 0) {
    return `The role ${server.role} lacks ${missing[0]}${missing.length > 1 ? ` and ${missing.length - 1} more rights` : ""}. Give the address of the tables' owner as DATABASE_MIGRATE_URL, and the next start grants what it needs.`;
  }
  if ((await pendingMigrations(client)).length === 0) return null;
  if (rights.foreignTable !== null) {
    return `The table ${rights.foreignTable} belongs to the role ${rights.foreignOwner}, so that ${server.role} cannot migrate it. Give the address of ${rights.foreignOwner} as DATABASE_MIGRATE_URL; or, as a superuser: REASSIGN OWNED BY ${quoted(rights.foreignOwner ?? "")} TO ${role};`;
  }
  if (rights.create) return null;
  return `The role ${server.role} may not make tables in the schema ${schema}. ${asOwner}: GRANT USAGE, CREATE ON SCHEMA ${name} TO ${role}; or give it a schema of its own: CREATE SCHEMA im AUTHORIZATION ${role}; with ?schema=im in the address.`;
}

const quoted = (name: string) => pg.escapeIdentifier(name);
