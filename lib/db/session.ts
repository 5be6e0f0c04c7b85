import pg from "pg";
import { schemaOf } from "./address";

/**
 * How every connection of the product begins: with the settings that its statements rely on, whatever the role, the database or the
 * address say. They are told by a statement and not in the startup packet, which poolers in session mode refuse or leave out.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  // Times are stored as timestamptz and read as instants; the session zone only affects text conversions.
  TimeZone: "UTC",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  standard_conforming_strings: "on",
  default_transaction_isolation: "read committed",
  lock_timeout: "0",
};

export interface SessionOptions {
  readonly url: string;
  readonly applicationName?: string;
  /** Milliseconds after which PostgreSQL gives up on one statement; 0: never. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds that connecting may take. */
  readonly connectWithinMs?: number;
  /** `off`: commits do not wait for the disk. */
  readonly synchronousCommit?: "off";
}

const CONNECT_WITHIN_MS = 10_000;

/** What `pg` needs to connect; `beginSession` comes next. */
export function connectionConfig(options: SessionOptions): pg.ClientConfig {
  return {
    connectionString: options.url,
    application_name: options.applicationName ?? "im-user-service",
    connectionTimeoutMillis: options.connectWithinMs ?? CONNECT_WITHIN_MS,
  };
}

/** Makes a new connection one of the product's. */
export async function beginSession(client: pg.ClientBase, options: SessionOptions): Promise<void> {
  const settings = {
    ...SETTINGS,
    search_path: pg.escapeIdentifier(schemaOf(options.url)),
    statement_timeout: String(options.statementTimeoutMs ?? 0),
    ...(options.synchronousCommit === undefined ? {} : { synchronous_commit: options.synchronousCommit }),
  };
  const set = ([name, value]: [string, string]) =>
    `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, false)`;
  await client.query(`SELECT ${Object.entries(settings).map(set).join(", ")}`);
}

/** A connection of one's own, for as long as `work` takes. What breaks it meanwhile fails `work`, and is told to `onError` besides. */
export async function withConnection<T>(
  options: SessionOptions,
  work: (client: pg.Client) => Promise<T>,
  onError: (error: Error) => void = () => undefined,
): Promise<T> {
  const client = new pg.Client(connectionConfig(options));
  client.on("error", onError);
  await client.connect();
  try {
    await beginSession(client, options);
    return await work(client);
  } finally {
    await client.end();
  }
}
