import type { Run, Statement } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { BEFORE_ALL_IDS, type Seal } from "./seal";

/**
 * SHA-256 over everything that an audit entry says; `e` is the alias of its row. PostgreSQL writes jsonb down in one way whatever the
 * order of its keys was, so that nothing but another content gives another hash.
 */
const ENTRY_HASH = `sha256(convert_to(jsonb_build_array(1, e.environment_id, e.id, (extract(epoch FROM e.at) * 1000)::bigint,
  e.actor_kind::text, e.actor_id, e.actor_name, e.action, e.target_kind, e.target_id, e.target_name, e.before, e.after,
  e.request_id, e.source, e.ip, e.result, (extract(epoch FROM e.environment_at) * 1000)::bigint)::text, 'UTF8'))`;

const SEAL_COLUMNS = `environment_id AS "environmentId", sequence, number, sealed_at AS "sealedAt", after_id AS "afterId",
  through_id AS "throughId", entry_ids AS "entryIds", entry_hashes AS "entryHashes", removed_through AS "removedThrough",
  previous_hash AS "previousHash", hash, signature`;

/** Environments with audit entries, found one after another by the primary key: those of deleted apps too. */
const ENVIRONMENTS = `WITH RECURSIVE found(id) AS (
    (SELECT environment_id FROM audit_entries ORDER BY environment_id LIMIT 1)
    UNION ALL
    SELECT (SELECT environment_id FROM audit_entries WHERE environment_id > found.id ORDER BY environment_id LIMIT 1)
    FROM found WHERE found.id IS NOT NULL
  )`;

const CLAIM: Statement = {
  name: "audit-claim-sealing",
  text: `UPDATE audit_chain SET lease_holder = $1, lease_until = $2::timestamptz
    WHERE id = 1 AND (lease_holder = $1 OR lease_until IS NULL OR lease_until <= $3::timestamptz) RETURNING 1`,
};

/** Whether `holder` is the one who seals until `until`: it was already, or nobody was at `now`. */
export async function claimSealing(run: Run, holder: string, now: Date, until: Date): Promise<boolean> {
  return (await run(CLAIM, [holder, until.toISOString(), now.toISOString()])).length === 1;
}

const RELEASE: Statement = {
  name: "audit-release-sealing",
  text: "UPDATE audit_chain SET lease_until = NULL WHERE id = 1 AND lease_holder = $1",
};

export async function releaseSealing(run: Run, holder: string): Promise<void> {
  await run(RELEASE, [holder]);
}

/** The last id that was given to an entry, and the transactions that were under way or yet to come afterwards. */
export interface Mark {
  readonly id: string;
  /** Every transaction that may still write an entry with an id up to `id` has a lower number. */
  readonly next: bigint;
}

const LAST_ID: Statement = {
  name: "audit-last-id",
  text: `SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('audit_entries', 'id')::regclass), 0)::text AS id`,
};
const TRANSACTIONS: Statement = {
  name: "audit-transactions",
  text: `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest, pg_snapshot_xmax(pg_current_snapshot())::text AS next`,
};

/** Two questions, in this order: a transaction that has taken an id by the first is known to the second. */
export async function markEntries(run: Run): Promise<{ readonly mark: Mark; readonly oldest: bigint }> {
  const [last] = await run<{ id: string }>(LAST_ID, []);
  const [transactions] = await run<{ oldest: string; next: string }>(TRANSACTIONS, []);
  return {
    mark: { id: last?.id ?? "0", next: BigInt(transactions?.next ?? 0) },
    oldest: BigInt(transactions?.oldest ?? 0),
  };
}

/** An environment's last seal, in short; sequence 0 and no hash where it has none. */
export interface ChainEnd {
  readonly environmentId: EnvironmentId;
  readonly sequence: number;
  readonly hash: string;
  readonly throughId: string;
}

const UNSEALED: Statement = {
  name: "audit-unsealed",
  text: `${ENVIRONMENTS}
    SELECT found.id AS "environmentId", coalesce(s.sequence, 0) AS sequence, coalesce(s.hash, '') AS hash,
      coalesce(s.through_id, '${BEFORE_ALL_IDS}'::bigint)::text AS "throughId"
    FROM found LEFT JOIN LATERAL (
      SELECT sequence, hash, through_id FROM audit_seals WHERE environment_id = found.id ORDER BY sequence DESC LIMIT 1
    ) AS s ON true
    WHERE found.id IS NOT NULL AND EXISTS (
      SELECT FROM audit_entries WHERE environment_id = found.id AND id > coalesce(s.through_id, '${BEFORE_ALL_IDS}'::bigint) AND id <= $1::bigint
    )`,
};

/** The ends of the chains behind which there are entries with ids up to `throughId`. */
export function findUnsealed(run: Run, throughId: string): Promise<ChainEnd[]> {
  return run<ChainEnd>(UNSEALED, [throughId]);
}

const HASHES: Statement = {
  name: "audit-entry-hashes",
  text: `SELECT e.id::text AS id, ${ENTRY_HASH} AS hash FROM audit_entries AS e
    WHERE environment_id = $1::int AND id > $2::bigint AND id <= $3::bigint ORDER BY e.id LIMIT $4::int`,
};

/** The first entries with ids after one and up to another, with their hashes. */
export function hashEntries(
  run: Run,
  environmentId: EnvironmentId,
  { afterId, throughId, limit }: { afterId: string; throughId: string; limit: number },
): Promise<{ id: string; hash: Uint8Array }[]> {
  return run(HASHES, [environmentId, afterId, throughId, limit]);
}

const LAST_NUMBER: Statement = {
  name: "audit-last-seal-number",
  text: `SELECT greatest(coalesce((SELECT seals FROM audit_chain WHERE id = 1), 0), coalesce((SELECT max(number) FROM audit_seals), 0))::text AS number`,
};

/** How many seals were ever made. */
export async function findLastNumber(run: Run): Promise<bigint> {
  const [row] = await run<{ number: string }>(LAST_NUMBER, []);
  return BigInt(row?.number ?? 0);
}

const ADD: Statement = {
  name: "audit-add-seal",
  text: `SELECT audit_add_seal($1::int, $2::int, $3::bigint, $4::timestamptz, $5::bigint, $6::bigint, $7::bigint[], $8::bytea[],
    $9::int, $10, $11, $12) AS done`,
};

/** Behind the last one. False when another seal was made first: then nothing was done. */
export async function insertSeal(run: Run, seal: Seal): Promise<boolean> {
  const [added] = await run<{ done: boolean }>(ADD, [
    seal.environmentId,
    seal.sequence,
    seal.number,
    seal.sealedAt.toISOString(),
    seal.afterId,
    seal.throughId,
    seal.entryIds,
    seal.entryHashes.map((hash) => Buffer.from(hash)),
    seal.removedThrough,
    seal.previousHash,
    seal.hash,
    seal.signature,
  ]);
  return added?.done === true;
}

const LAST_SEAL: Statement = {
  name: "audit-last-seal",
  text: `SELECT ${SEAL_COLUMNS} FROM audit_seals WHERE environment_id = $1::int ORDER BY sequence DESC LIMIT 1`,
};

export async function findLastSeal(run: Run, environmentId: EnvironmentId): Promise<Seal | null> {
  const [seal] = await run<Seal>(LAST_SEAL, [environmentId]);
  return seal ?? null;
}

const SEALS_BELOW: Statement = {
  name: "audit-seals-below",
  text: `SELECT ${SEAL_COLUMNS} FROM audit_seals WHERE environment_id = $1::int AND sequence < $2::int AND sequence > $3::int
    ORDER BY sequence DESC LIMIT $4::int`,
};

/** Seals of an environment below one sequence and above another, last first. */
export function findSealsBelow(
  run: Run,
  environmentId: EnvironmentId,
  { below, above, limit }: { below: number; above: number; limit: number },
): Promise<Seal[]> {
  return run<Seal>(SEALS_BELOW, [environmentId, below, above, limit]);
}

/** What of an entry does not fit its seal. */
export interface EntryMisfit {
  readonly sequence: number;
  readonly id: string;
  readonly kind: "changed" | "missing" | "inserted";
}

const MISFITS: Statement = {
  name: "audit-entry-misfits",
  text: `SELECT s.sequence, misfit.id::text AS id, misfit.kind FROM audit_seals AS s CROSS JOIN LATERAL (
      SELECT coalesce(sealed.id, entry.id) AS id,
        CASE WHEN entry.id IS NULL THEN 'missing' WHEN sealed.id IS NULL THEN 'inserted' ELSE 'changed' END AS kind
      FROM unnest(s.entry_ids, s.entry_hashes) AS sealed(id, hash)
      FULL JOIN (
        SELECT e.id, ${ENTRY_HASH} AS hash FROM audit_entries AS e
        WHERE environment_id = s.environment_id AND id > s.after_id AND id <= s.through_id
      ) AS entry ON entry.id = sealed.id
      WHERE sealed.hash IS DISTINCT FROM entry.hash
    ) AS misfit
    WHERE s.environment_id = $1::int AND s.sequence BETWEEN $2::int AND $3::int
    ORDER BY s.sequence DESC, misfit.id DESC LIMIT $4::int`,
};

/** What does not fit the seals from one sequence to another, both included. */
export function findEntryMisfits(
  run: Run,
  environmentId: EnvironmentId,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<EntryMisfit[]> {
  return run<EntryMisfit>(MISFITS, [environmentId, from, to, limit]);
}

const WAITING: Statement = {
  name: "audit-waiting-entries",
  text: `SELECT count(*)::int AS entries, min(at) AS oldest FROM (
      SELECT at FROM audit_entries WHERE environment_id = $1::int AND id > $2::bigint ORDER BY id LIMIT $3::int
    ) AS waiting`,
};

/** How many entries there are with ids after this one, counted up to `limit`, and the earliest time of those counted. */
export async function findWaiting(
  run: Run,
  environmentId: EnvironmentId,
  afterId: string,
  limit: number,
): Promise<{ entries: number; oldest: Date | null }> {
  const [row] = await run<{ entries: number; oldest: Date | null }>(WAITING, [environmentId, afterId, limit]);
  return row ?? { entries: 0, oldest: null };
}

const REMOVED: Statement = {
  name: "audit-removed-through",
  text: `SELECT removed_through AS sequence FROM audit_seals
    WHERE environment_id = $1::int AND removed_through IS NOT NULL ORDER BY removed_through DESC LIMIT 1`,
};

/** Up to which seal the entries were removed; 0: none were. */
export async function findRemovedThrough(run: Run, environmentId: EnvironmentId): Promise<number> {
  const [row] = await run<{ sequence: number }>(REMOVED, [environmentId]);
  return row?.sequence ?? 0;
}

const CHAINS: Statement = {
  name: "audit-chains",
  text: `${ENVIRONMENTS}, sealed(id) AS (
      (SELECT environment_id FROM audit_seals ORDER BY environment_id LIMIT 1)
      UNION ALL
      SELECT (SELECT environment_id FROM audit_seals WHERE environment_id > sealed.id ORDER BY environment_id LIMIT 1)
      FROM sealed WHERE sealed.id IS NOT NULL
    )
    SELECT id FROM (SELECT id FROM found UNION SELECT id FROM sealed) AS every WHERE id IS NOT NULL ORDER BY id`,
};

/** Every environment with audit entries or seals; 0 is the installation. */
export async function findChains(run: Run): Promise<EnvironmentId[]> {
  return (await run<{ id: EnvironmentId }>(CHAINS, [])).map(({ id }) => id);
}

const MISSING: Statement = {
  name: "audit-missing-seals",
  text: `WITH removed AS (
      SELECT environment_id, max(removed_through) AS through FROM audit_seals WHERE removed_through IS NOT NULL GROUP BY environment_id
    )
    SELECT (greatest((SELECT seals FROM audit_chain WHERE id = 1), (SELECT max(number) FROM audit_seals), 0)
      - coalesce((SELECT sum(through) FROM removed), 0)
      - (SELECT count(*) FROM audit_seals AS s LEFT JOIN removed USING (environment_id) WHERE s.sequence > coalesce(removed.through, 0))
    )::text AS count`,
};

/** How many seals of the whole installation are gone without another that says they were removed. */
export async function countMissingSeals(run: Run): Promise<number> {
  const [row] = await run<{ count: string }>(MISSING, []);
  return Number(row?.count ?? 0);
}

/** A seal with the time of its latest entry; null where it has none. */
export interface SealAge {
  readonly sequence: number;
  readonly entries: number;
  readonly newest: Date | null;
}

const AGES: Statement = {
  name: "audit-seal-ages",
  text: `SELECT s.sequence, cardinality(s.entry_ids) AS entries, latest.at AS newest FROM (
      SELECT sequence, environment_id, after_id, through_id, entry_ids FROM audit_seals
      WHERE environment_id = $1::int AND sequence > $2::int ORDER BY sequence LIMIT $3::int
    ) AS s CROSS JOIN LATERAL (
      SELECT max(at) AS at FROM audit_entries WHERE environment_id = s.environment_id AND id > s.after_id AND id <= s.through_id
    ) AS latest ORDER BY s.sequence`,
};

/** The first seals of an environment above one. */
export function findAges(run: Run, environmentId: EnvironmentId, above: number, limit: number): Promise<SealAge[]> {
  return run<SealAge>(AGES, [environmentId, above, limit]);
}

const DELETE_REMOVED: Statement = {
  name: "audit-delete-removed",
  text: "SELECT audit_remove_sealed($1::int) AS done",
};

/** Deletes the first seal of an environment with the entries that it covers, when a later one says that it is removed. False when none does. */
export async function deleteRemoved(run: Run, environmentId: EnvironmentId): Promise<boolean> {
  const [removed] = await run<{ done: boolean }>(DELETE_REMOVED, [environmentId]);
  return removed?.done === true;
}

const NEXT_SEAL: Statement = {
  name: "audit-next-seal",
  text: `SELECT ${SEAL_COLUMNS} FROM audit_seals WHERE number > $1::bigint ORDER BY number LIMIT 1`,
};

/** The first seal of the whole installation after this number. */
export async function findSealAfter(run: Run, number: string): Promise<Seal | null> {
  const [seal] = await run<Seal>(NEXT_SEAL, [number]);
  return seal ?? null;
}

const SEALED_ENTRIES: Statement = {
  name: "audit-sealed-entries",
  text: `SELECT jsonb_build_object('id', e.id::text, 'at', e.at, 'environmentAt', e.environment_at,
      'actorKind', e.actor_kind::text, 'actorId', e.actor_id, 'actorName', e.actor_name, 'action', e.action,
      'targetKind', e.target_kind, 'targetId', e.target_id, 'targetName', e.target_name, 'before', e.before, 'after', e.after,
      'result', e.result, 'source', e.source, 'ip', e.ip, 'requestId', e.request_id, 'sha256', encode(${ENTRY_HASH}, 'hex')) AS entry
    FROM audit_entries AS e WHERE environment_id = $1::int AND id = ANY($2::bigint[]) ORDER BY e.id`,
};

/** Entries as others are told them: the columns of an export, and the hash that the seal has. */
export async function findSealedEntries(
  run: Run,
  { environmentId, entryIds }: Pick<Seal, "environmentId" | "entryIds">,
): Promise<Readonly<Record<string, unknown>>[]> {
  const rows = await run<{ entry: Readonly<Record<string, unknown>> }>(SEALED_ENTRIES, [environmentId, entryIds]);
  return rows.map(({ entry }) => entry);
}
