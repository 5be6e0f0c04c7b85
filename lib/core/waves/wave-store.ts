import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { WaveKind } from "./schema";

export interface StoredWave {
  readonly id: bigint;
  readonly kind: WaveKind;
  readonly key: string;
  readonly since: Date;
  readonly lastAt: Date;
  readonly endedAt: Date | null;
  readonly users: number;
  readonly usual: number;
  readonly threshold: number;
}

export type NewWave = Omit<StoredWave, "id" | "endedAt">;

const BEGIN = {
  name: "registration-wave-begin",
  text: `INSERT INTO registration_waves (environment_id, kind, key, since, last_at, users, usual, threshold)
    VALUES ($1::int, $2::text, $3::text, $4::timestamptz, $5::timestamptz, $6::int, $7::int, $8::int)
    ON CONFLICT (environment_id, kind, key) WHERE ended_at IS NULL DO NOTHING
    RETURNING id`,
};

/** Begins a wave; false when another process has begun it already. */
export async function beginWave(run: Run, environmentId: EnvironmentId, wave: NewWave): Promise<boolean> {
  const { kind, key, since, lastAt, users, usual, threshold } = wave;
  const begun = await run(BEGIN, [
    environmentId,
    kind,
    key,
    since.toISOString(),
    lastAt.toISOString(),
    users,
    usual,
    threshold,
  ]);
  return begun.length > 0;
}

const columns = {
  id: true,
  kind: true,
  key: true,
  since: true,
  lastAt: true,
  endedAt: true,
  users: true,
  usual: true,
  threshold: true,
} as const;

/** Waves that have not ended. */
export async function findOpenWaves(db: Db, environmentId: EnvironmentId): Promise<StoredWave[]> {
  const rows = await db.registrationWave.findMany({ where: { environmentId, endedAt: null }, select: columns });
  return rows as StoredWave[];
}

/** Waves that went on at `since` or later, the latest first; at most `limit`. */
export async function findWavesSince(
  db: Db,
  environmentId: EnvironmentId,
  since: Date,
  limit: number,
): Promise<StoredWave[]> {
  const rows = await db.registrationWave.findMany({
    where: { environmentId, lastAt: { gte: since } },
    select: columns,
    orderBy: [{ lastAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows as StoredWave[];
}

/** Says of an open wave how far it has come, or that it has ended. */
export async function continueWave(
  db: Db,
  environmentId: EnvironmentId,
  id: bigint,
  change: { readonly users?: number; readonly lastAt?: Date; readonly endedAt?: Date },
): Promise<void> {
  await db.registrationWave.updateMany({ where: { environmentId, id, endedAt: null }, data: change });
}

const KEPT_DAYS = 30;

/** Forgets up to `limit` waves that are long over; gives how many. */
export function deleteOldWaves(db: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  return db.$executeRaw`
    DELETE FROM registration_waves AS w USING (
      SELECT old.* FROM environments AS e CROSS JOIN LATERAL (
        SELECT environment_id, id FROM registration_waves
        WHERE environment_id = e.id AND last_at < ${before}::timestamptz ORDER BY last_at LIMIT ${limit}
      ) AS old LIMIT ${limit}
    ) AS old
    WHERE w.environment_id = old.environment_id AND w.id = old.id AND w.ended_at IS NOT NULL`;
}
