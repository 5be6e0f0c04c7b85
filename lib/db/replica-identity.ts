import { placeOf, schemaOf } from "./address";

/** Which database a connection leads to, and where it stands in the stream of changes. */
export interface DatabaseIdentity {
  /** Of the cluster: the same for a primary and whatever was copied from it block by block. */
  readonly system: string;
  /** Of the database in it. */
  readonly database: string;
  readonly standby: boolean;
  /** Grows with each promotion: what has another one has another past. */
  readonly timeline: number;
  /** Written on a primary, replayed on a standby; null where that is not told. */
  readonly position: string | null;
}

/**
 * `pg_current_wal_insert_lsn` and not the flushed position: whatever was committed before the question lies before it, also what
 * did not wait for the disk.
 */
export const IDENTITY = `SELECT system_identifier::text AS system,
    (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database, pg_is_in_recovery() AS standby,
    CASE WHEN pg_is_in_recovery() THEN (
        SELECT greatest(min_recovery_end_timeline, timeline_id) FROM pg_control_recovery(), pg_control_checkpoint()
      ) ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END AS timeline,
    (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END)::text AS position
  FROM pg_control_system()`;

/** A position such as "16/B374D848" as a number. */
export function positionOf(text: string): bigint {
  const [high = "0", low = "0"] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

/** What is wrong with the addresses alone, as a sentence; null: nothing. */
export function addressesFault(replicaUrl: string, primaryUrl: string): string | null {
  const [theirs, ours] = [schemaOf(replicaUrl), schemaOf(primaryUrl)];
  if (theirs === ours) return null;
  return `DATABASE_REPLICA_URL names the schema ${theirs}, DATABASE_URL the schema ${ours}. Let both name the same.`;
}

/** Why a database cannot stand in for the primary where it only shows, as a sentence with what to do; null: it can. */
export function replicaFault(replicaUrl: string, replica: DatabaseIdentity, primary: DatabaseIdentity): string | null {
  const name = `DATABASE_REPLICA_URL (${placeOf(replicaUrl)})`;
  const wanted = "Give the address of a streaming standby of DATABASE_URL, or unset it";
  if (replica.system !== primary.system) return `${name} leads to another cluster than DATABASE_URL. ${wanted}.`;
  if (replica.database !== primary.database) {
    return `${name} leads to another database than DATABASE_URL. Let both name the same.`;
  }
  if (!replica.standby) {
    return `${name} leads to no standby: it is the primary, or was made one. ${wanted}.`;
  }
  if (replica.timeline !== primary.timeline) {
    return `${name} follows another primary than DATABASE_URL, or has yet to notice that one was promoted. ${wanted}.`;
  }
  if (replica.position === null) {
    return `${name} does not tell how far it has replayed, so that nobody knows what it lacks. ${wanted}.`;
  }
  return null;
}
