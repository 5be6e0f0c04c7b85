import type { EnvironmentId } from "@/lib/core/actor";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database, Db } from "@/lib/db/database";
import { onPool, rowsOf } from "@/lib/db/statement";

export interface NonceClaim {
  readonly environmentId: EnvironmentId;
  /** Unix milliseconds */
  readonly timestamp: number;
  readonly nonce: string;
  /** A second timestamp under which the nonce must not stand either. */
  readonly alsoNotAt: number | null;
}

// The commit does not wait for the disk. That is safe: the log is flushed in order, so the synchronous commit of the
// request's own effect flushes this row too, and a write cannot survive a crash without its nonce.
const CLAIM = {
  name: "nonces-claim",
  text: `INSERT INTO request_nonces (environment_id, timestamp, nonce)
    SELECT i.environment_id, i.timestamp, i.nonce
    FROM (SELECT set_config('synchronous_commit', 'off', true) AS mode OFFSET 0) s
    CROSS JOIN ${rowsOf("int", "bigint", "text", "bigint")} AS i(environment_id, timestamp, nonce, also_not_at)
    WHERE s.mode = 'off' AND (i.also_not_at IS NULL OR NOT EXISTS (
      SELECT FROM request_nonces r
      WHERE r.environment_id = i.environment_id AND r.timestamp = i.also_not_at AND r.nonce = i.nonce
    ))
    ON CONFLICT DO NOTHING
    RETURNING environment_id AS "environmentId", timestamp::text AS timestamp, nonce`,
};

const keyOf = (claim: { environmentId: number; timestamp: number | string; nonce: string }) =>
  `${claim.environmentId}/${claim.timestamp}/${claim.nonce}`;

const byKey = (a: NonceClaim, b: NonceClaim) =>
  a.environmentId - b.environmentId || a.timestamp - b.timestamp || (a.nonce < b.nonce ? -1 : 1);

const claiming = perDatabase((db) =>
  createBatch<NonceClaim, boolean>({
    maxItems: 200,
    maxInFlight: 1,
    keysOf: (claim) => [keyOf(claim)],
    async run(claims) {
      const sorted = [...claims].sort(byKey);
      const rows = await onPool(db.pool)<{ environmentId: number; timestamp: string; nonce: string }>(CLAIM, [
        sorted.map((claim) => claim.environmentId),
        sorted.map((claim) => claim.timestamp),
        sorted.map((claim) => claim.nonce),
        sorted.map((claim) => claim.alsoNotAt),
      ]);
      const claimed = new Set(rows.map(keyOf));
      return claims.map((claim) => claimed.has(keyOf(claim)));
    },
  }),
);

/** Resolves to true for the first claim of a nonce, false for each later one. Concurrent claims share a statement. */
export function claimNonce(db: Database, claim: NonceClaim): Promise<boolean> {
  return claiming(db)(claim);
}

/** Deletes up to `limit` nonces with a timestamp before `before` (Unix ms) in all environments; gives how many. */
export async function deleteNoncesBefore(db: Db, before: number, limit: number): Promise<number> {
  return db.$executeRaw`DELETE FROM request_nonces n USING (
      SELECT old.environment_id, old.timestamp, old.nonce FROM environments e CROSS JOIN LATERAL (
        SELECT environment_id, timestamp, nonce FROM request_nonces
        WHERE environment_id = e.id AND timestamp < ${before} ORDER BY timestamp LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ) old LIMIT ${limit}
    ) old WHERE n.environment_id = old.environment_id AND n.timestamp = old.timestamp AND n.nonce = old.nonce`;
}
