import type { EnvironmentId } from "@/lib/core/actor";
import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database, Db } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";

export interface NonceClaim {
  readonly environmentId: EnvironmentId;
  /** Unix milliseconds */
  readonly timestamp: number;
  readonly nonce: string;
  /** A second timestamp under which the nonce must not stand either. */
  readonly alsoNotAt: number | null;
}

// The pipeline's commits do not wait for the disk. That is safe: the log is flushed in order, so the synchronous commit of the
// request's own effect flushes this row too, and a write cannot survive a crash without its nonce.
const CLAIM = {
  name: "nonces-claim",
  text: `WITH claimed AS (
      INSERT INTO request_nonces (environment_id, timestamp, nonce)
      SELECT i.environment_id, i.timestamp, i.nonce
      FROM ${rowsOf("int", "bigint", "text", "bigint")} AS i(environment_id, timestamp, nonce, also_not_at)
      WHERE i.also_not_at IS NULL OR NOT EXISTS (
        SELECT FROM request_nonces r
        WHERE r.environment_id = i.environment_id AND r.timestamp = i.also_not_at AND r.nonce = i.nonce
      )
      ON CONFLICT DO NOTHING
      RETURNING environment_id, timestamp, nonce
    )
    SELECT count(*), CASE WHEN count(*) < $5::int
      THEN json_agg(json_build_array(environment_id, timestamp, nonce)) END FROM claimed`,
};

const keyOf = (environmentId: number, timestamp: number, nonce: string) => `${environmentId}/${timestamp}/${nonce}`;

const byKey = (a: NonceClaim, b: NonceClaim) =>
  a.environmentId - b.environmentId || a.timestamp - b.timestamp || (a.nonce < b.nonce ? -1 : 1);

const claiming = perDatabase((db) =>
  createBatch<NonceClaim, boolean>({ maxItems: 200, maxInFlight: 3, run: (claims) => claimAll(db, claims) }),
);

async function claimAll(db: Database, claims: readonly NonceClaim[]): Promise<boolean[]> {
  const sorted = claims.length > 1 ? [...claims].sort(byKey) : claims;
  const [row] = await db.pipeline.run(CLAIM, [
    numberArray(sorted.map((claim) => claim.environmentId)),
    numberArray(sorted.map((claim) => claim.timestamp)),
    textArray(sorted.map((claim) => claim.nonce)),
    numberArray(sorted.map((claim) => claim.alsoNotAt)),
    String(claims.length),
  ]);
  const count = row?.[0];
  if (Number(count) === claims.length) return claims.map(() => true);
  // Rows are listed only when there are fewer of them than claims. Each is the answer to one claim, should two be equal.
  const rows: [number, number, string][] = JSON.parse(row?.[1] ?? "[]");
  const claimed = new Set(rows.map((key) => keyOf(...key)));
  return claims.map((claim) => claimed.delete(keyOf(claim.environmentId, claim.timestamp, claim.nonce)));
}

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
