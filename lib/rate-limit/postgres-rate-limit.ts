import { createBatch } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { RateKey, RateLimiter } from "./rate-limit";

interface Claim extends RateKey {
  readonly windowStart: number;
  readonly cost: number;
}

interface BulkClaim extends Claim {
  readonly limit: number;
}

/**
 * How far a stored window may lie ahead of this process's clock. Another process's clock may be a little ahead; a window
 * far in the future comes from a clock that was wrong, and is started anew.
 */
const MAX_CLOCK_SKEW_MS = 5_000;

const SAME_WINDOW = `w.window_start BETWEEN excluded.window_start AND excluded.window_start + ${MAX_CLOCK_SKEW_MS}`;

const ADD = `count = CASE WHEN ${SAME_WINDOW} THEN w.count + excluded.count ELSE excluded.count END,
      window_start = CASE WHEN ${SAME_WINDOW} THEN w.window_start ELSE excluded.window_start END`;

const COUNT = {
  name: "rate-windows-count",
  text: `INSERT INTO rate_windows AS w (environment_id, endpoint, window_start, count)
    SELECT * FROM ${rowsOf("int", "text", "bigint", "int")}
    ON CONFLICT (environment_id, endpoint) DO UPDATE SET ${ADD}
    RETURNING environment_id AS "environmentId", endpoint, count`,
};

// One row and its limit. Where it does not fit, nothing is written and no row comes back.
const COUNT_IF_FITS = {
  name: "rate-windows-count-if-fits",
  text: `INSERT INTO rate_windows AS w (environment_id, endpoint, window_start, count)
    VALUES ($1::int, $2::text, $3::bigint, $4::int)
    ON CONFLICT (environment_id, endpoint) DO UPDATE SET ${ADD}
    WHERE NOT (${SAME_WINDOW}) OR w.count + excluded.count <= $5::int
    RETURNING count`,
};

const keyOf = (key: Omit<RateKey, "windowMs">) => `${key.environmentId}/${key.endpoint}`;

/**
 * The windows in the unlogged table `rate_windows`, shared by all processes on the database. Concurrent calls are counted
 * by one statement, those that cost more by one each. Once a window is known to be full, this process refuses by itself until it ends.
 */
export function createPostgresRateLimiter(db: Database, now: () => number): RateLimiter {
  /** key → start of the window that is full */
  const full = new Map<string, number>();

  /** Gives for each claim how much was counted before it and with it. */
  const count = createBatch<Claim, number>({
    maxItems: 500,
    maxInFlight: 2,
    async run(claims) {
      const totals = new Map<string, Claim>();
      for (const claim of claims) {
        const total = totals.get(keyOf(claim));
        totals.set(
          keyOf(claim),
          total === undefined
            ? claim
            : {
                ...total,
                cost: total.cost + claim.cost,
                windowStart: Math.max(total.windowStart, claim.windowStart),
              },
        );
      }
      // One order for all processes, so that two batches never wait for each other's rows in a circle.
      const sorted = [...totals.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
      const rows = await onPool(db.pool)<Omit<RateKey, "windowMs"> & { count: number }>(COUNT, [
        sorted.map((total) => total.environmentId),
        sorted.map((total) => total.endpoint),
        sorted.map((total) => total.windowStart),
        sorted.map((total) => total.cost),
      ]);
      const counted = new Map(rows.map((row) => [keyOf(row), row.count - (totals.get(keyOf(row))?.cost ?? 0)]));
      return claims.map((claim) => {
        const position = (counted.get(keyOf(claim)) ?? 0) + claim.cost;
        counted.set(keyOf(claim), position);
        return position;
      });
    },
  });

  /** Whether it fits, and then how much was counted with it. */
  const countWhole = async ({
    environmentId,
    endpoint,
    windowStart,
    cost,
    limit,
  }: BulkClaim): Promise<number | null> => {
    if (cost > limit) return null;
    const values = [environmentId, endpoint, windowStart, cost, limit];
    const [row] = await onPool(db.pool)<{ count: number }>(COUNT_IF_FITS, values);
    return row?.count ?? null;
  };

  return {
    async admit(key, limit, cost = 1) {
      const windowStart = Math.floor(now() / key.windowMs) * key.windowMs;
      const id = keyOf(key);
      if (full.get(id) === windowStart) return false;
      if (cost > 1) {
        const counted = await countWhole({ ...key, windowStart, cost, limit });
        if (counted === limit) full.set(id, windowStart);
        return counted !== null;
      }
      const position = await count({ ...key, windowStart, cost });
      if (position >= limit) full.set(id, windowStart);
      return position <= limit;
    },
  };
}
