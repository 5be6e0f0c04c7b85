import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool, type Run } from "@/lib/db/statement";
import { transactionOn } from "@/lib/db/transaction";
import type { EnvironmentId } from "../actor";

/** The writing side of presence: nodes, and the connections they hold. Reading is in online-store.ts and connection-store.ts. */

/** Statements of this store, each a transaction of its own. */
export const oneByOne = (db: Database): Run => onPool(db.pool);

/** Statements of this store, and what goes with them, in one transaction. */
export function together<T>(db: Database, work: (run: Run) => Promise<T>): Promise<T> {
  return transactionOn(db.pool, work);
}

export interface StoredConnection {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly id: string;
  readonly platform: string;
  readonly sdk: string;
  readonly device: string;
  readonly ip: string;
  /** The client's end of the connection; 0 where a proxy hides it. */
  readonly port: number;
  readonly connectedAt: Date;
}

/** A connection as a row names it. */
export interface ConnectionKey {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly id: string;
}

export interface EndedConnection extends ConnectionKey {
  readonly platform: string;
  readonly ip: string;
  readonly port: number;
}

const BEAT = {
  name: "presence-beat",
  text: `UPDATE gateway_nodes SET heartbeat_at = now() WHERE id = $1::uuid
    RETURNING (SELECT count(*)::int FROM gateway_nodes) AS nodes`,
};

const ADD_NODE = {
  name: "presence-add-node",
  text: "INSERT INTO gateway_nodes (id, started_at, heartbeat_at) VALUES ($1::uuid, now(), now()) ON CONFLICT DO NOTHING",
};

/** Tells that the node lives, and gives how many there are; null when this one has been reaped, or never was. */
export async function beatNode(db: Database, nodeId: string): Promise<number | null> {
  const [row] = await onPool(db.pool)<{ nodes: number }>(BEAT, [nodeId]);
  return row?.nodes ?? null;
}

export async function insertNode(db: Database, nodeId: string): Promise<void> {
  await onPool(db.pool)(ADD_NODE, [nodeId]);
}

// The node's row is held while its connections are written, so that whoever reaps it sees them. Without it nothing is
// written, and no row comes back.
const ADD = {
  name: "presence-add",
  text: `WITH node AS MATERIALIZED (SELECT id FROM gateway_nodes WHERE id = $10::uuid FOR KEY SHARE), added AS (
      INSERT INTO connections (node_id, environment_id, user_id, id, platform, sdk, device, ip, port, connected_at)
      SELECT node.id, i.* FROM node
      CROSS JOIN ${rowsOf("int", "text", "uuid", "text", "text", "text", "text", "int", "timestamptz")} AS i
      ON CONFLICT DO NOTHING
      RETURNING environment_id, user_id, id
    )
    SELECT added.environment_id AS "environmentId", added.user_id AS "userId", added.id
    FROM node LEFT JOIN added ON true`,
};

/** Writes connections that are not there yet and gives those; null when the node has been reaped: nothing is written. */
export async function insertConnections(
  run: Run,
  nodeId: string,
  connections: readonly StoredConnection[],
): Promise<ConnectionKey[] | null> {
  const rows = await run<ConnectionKey | Record<keyof ConnectionKey, null>>(ADD, [
    connections.map((connection) => connection.environmentId),
    connections.map((connection) => connection.userId),
    connections.map((connection) => connection.id),
    connections.map((connection) => connection.platform),
    connections.map((connection) => connection.sdk),
    connections.map((connection) => connection.device),
    connections.map((connection) => connection.ip),
    connections.map((connection) => connection.port),
    connections.map((connection) => connection.connectedAt.toISOString()),
    nodeId,
  ]);
  if (rows.length === 0) return null;
  return rows.filter((row): row is ConnectionKey => row.id !== null);
}

const REMOVE = {
  name: "presence-remove",
  text: `DELETE FROM connections c USING ${rowsOf("int", "text", "uuid")} AS i(environment_id, user_id, id)
    WHERE c.environment_id = i.environment_id AND c.user_id = i.user_id AND c.id = i.id
    RETURNING c.environment_id AS "environmentId", c.user_id AS "userId", c.id, c.platform, c.ip, c.port`,
};

/** Removes connections; gives those that were there. */
export function deleteConnections(run: Run, connections: readonly ConnectionKey[]): Promise<EndedConnection[]> {
  return run<EndedConnection>(REMOVE, [
    connections.map((connection) => connection.environmentId),
    connections.map((connection) => connection.userId),
    connections.map((connection) => connection.id),
  ]);
}

const LOCK = {
  name: "presence-lock",
  text: `SELECT pg_advisory_xact_lock(${7_301_010}, bucket) FROM (
      SELECT DISTINCT hashtext(i.environment_id || '/' || i.user_id) & 255 AS bucket
      FROM ${rowsOf("int", "text")} AS i(environment_id, user_id) ORDER BY 1
    ) b`,
};

const COUNT = {
  name: "presence-count",
  text: `SELECT i.ordinal::int AS ordinal, (
      SELECT count(*)::int FROM connections c WHERE c.environment_id = i.environment_id AND c.user_id = i.user_id
    ) AS count
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)`,
};

export interface PresentUser {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
}

/**
 * How many connections these users have, after a change of this transaction. Whoever changes the same user's
 * connections and asks as well waits until this transaction ends, so that exactly one of them sees the first or the last.
 */
export async function countAlone(run: Run, users: readonly PresentUser[]): Promise<number[]> {
  const keys = [users.map((user) => user.environmentId), users.map((user) => user.userId)];
  await run(LOCK, keys);
  const rows = await run<{ ordinal: number; count: number }>(COUNT, keys);
  const counts = new Map(rows.map((row) => [row.ordinal, row.count]));
  return users.map((_, index) => counts.get(index + 1) ?? 0);
}

const TAKE_DEAD = {
  name: "presence-take-dead",
  text: `SELECT id::text AS id, heartbeat_at AS "heartbeatAt" FROM gateway_nodes
    WHERE heartbeat_at < now() - make_interval(secs => $1::int / 1000.0)
    ORDER BY heartbeat_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
};

const REMOVE_OF_NODE = {
  name: "presence-remove-of-node",
  text: `DELETE FROM connections WHERE node_id = $1::uuid
    RETURNING environment_id AS "environmentId", user_id AS "userId", id, platform, ip, port`,
};

const REMOVE_NODE = { name: "presence-remove-node", text: "DELETE FROM gateway_nodes WHERE id = $1::uuid" };

export interface DeadNode {
  readonly id: string;
  readonly heartbeatAt: Date;
}

/** A node that has been silent for `silentMs` by the database's clock, locked; null when there is none. */
export async function takeDeadNode(run: Run, silentMs: number): Promise<DeadNode | null> {
  const [node] = await run<DeadNode>(TAKE_DEAD, [silentMs]);
  return node ?? null;
}

/** Removes a node with its connections; gives these. */
export async function deleteNode(run: Run, nodeId: string): Promise<EndedConnection[]> {
  const ended = await run<EndedConnection>(REMOVE_OF_NODE, [nodeId]);
  await run(REMOVE_NODE, [nodeId]);
  return ended;
}
