import type { Database, Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { rowsOf, timeIn } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** Refused connects of a user on one day (UTC) with one code from one platform. */
export interface StoredRefusal {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  /** Of lib/core/errors.ts. */
  readonly code: string;
  readonly platform: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Of the last one. */
  readonly sdk: string;
  readonly device: string;
  readonly ip: string;
}

// Users are locked in the order of their keys, which all writers of several users keep: none is erased while something is
// written about it, and of a soft-deleted one nothing is kept but code and time. The commit does not wait for the disk.
const WRITE = {
  name: "refused-connects-write",
  text: `INSERT INTO refused_connects AS r
      (environment_id, user_id, day, code, platform, count, first_at, last_at, sdk, device, ip)
    SELECT i.environment_id, i.user_id, (i.last_at AT TIME ZONE 'UTC')::date, i.code, i.platform, i.count, i.first_at, i.last_at,
      CASE WHEN u.gone THEN '' ELSE i.sdk END, CASE WHEN u.gone THEN '' ELSE i.device END, CASE WHEN u.gone THEN '' ELSE i.ip END
    FROM ${rowsOf("int", "text", "text", "text", "int", "timestamptz", "timestamptz", "text", "text", "text")}
      AS i(environment_id, user_id, code, platform, count, first_at, last_at, sdk, device, ip)
    CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS s
    CROSS JOIN LATERAL (
      SELECT soft_deleted_at IS NOT NULL AS gone FROM users
      WHERE environment_id = i.environment_id AND user_id = i.user_id
      FOR SHARE
    ) AS u
    ON CONFLICT (environment_id, user_id, day, code, platform) DO UPDATE SET count = r.count + EXCLUDED.count,
      first_at = LEAST(r.first_at, EXCLUDED.first_at), last_at = GREATEST(r.last_at, EXCLUDED.last_at),
      sdk = EXCLUDED.sdk, device = EXCLUDED.device, ip = EXCLUDED.ip`,
};

const byKey = (a: StoredRefusal, b: StoredRefusal) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/** Adds to what is kept of each; distinct by user, day, code and platform. Users who are unknown are left out. */
export async function writeRefusedConnects(db: Database, refusals: readonly StoredRefusal[]): Promise<void> {
  const sorted = [...refusals].sort(byKey);
  await onPool(db.pool)(WRITE, [
    sorted.map((refusal) => refusal.environmentId),
    sorted.map((refusal) => refusal.userId),
    sorted.map((refusal) => refusal.code),
    sorted.map((refusal) => refusal.platform),
    sorted.map((refusal) => refusal.count),
    sorted.map((refusal) => refusal.firstAt.toISOString()),
    sorted.map((refusal) => refusal.lastAt.toISOString()),
    sorted.map((refusal) => refusal.sdk),
    sorted.map((refusal) => refusal.device),
    sorted.map((refusal) => refusal.ip),
  ]);
}

/** A user's, latest first; at most `limit`. */
export function findRefusedConnects(db: Db, environmentId: EnvironmentId, userId: string, limit: number) {
  return db.refusedConnect.findMany({
    where: { environmentId, userId },
    select: {
      code: true,
      platform: true,
      count: true,
      firstAt: true,
      lastAt: true,
      sdk: true,
      device: true,
      ip: true,
    },
    orderBy: [{ lastAt: "desc" }, { code: "asc" }, { platform: "asc" }],
    take: limit,
  });
}

/** Refused connects are kept for so long. */
export const REFUSED_KEPT_DAYS = 30;

/** Forgets days that are long past, at most `limit` rows. Gives how many. */
export function deleteOldRefusedConnects(db: Db, now: Date, limit: number): Promise<number> {
  const before = timeIn(Prisma.sql`e`, now.getTime() - REFUSED_KEPT_DAYS * 86_400_000);
  return db.$executeRaw`
    DELETE FROM refused_connects AS r USING (
      SELECT old.* FROM environments AS e CROSS JOIN LATERAL (
        SELECT environment_id, user_id, day, code, platform FROM refused_connects
        WHERE environment_id = e.id AND day < (${before} AT TIME ZONE 'UTC')::date LIMIT ${limit}
      ) AS old LIMIT ${limit}
    ) AS old
    WHERE r.environment_id = old.environment_id AND r.user_id = old.user_id AND r.day = old.day AND r.code = old.code
      AND r.platform = old.platform`;
}
