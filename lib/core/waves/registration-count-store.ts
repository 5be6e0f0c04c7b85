import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countOf, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { WaveKind } from "./schema";
import { BUCKET_MS, COMPARED_DAYS, HOUR_BUCKETS } from "./wave-rule";

/**
 * Registrations by ten minutes, counted from the users' index by creation: sets and windows, so SQL
 * (docs/decisions/0008-when-raw-sql-is-right.md).
 */

const { sql } = Prisma;

/** Users of a bucket that are looked at for what they have in common; of more, the shares of the latest ones are taken. */
const SAMPLE = 5_000;
/** Counting stops here. */
const COUNT_MAX = 100_000;
/** Groups of one kind that are kept of a bucket, and how large they are at least. */
const GROUPS = 10;
const GROUP_MIN = 5;

/** The beginning of an id that test suites and scripts share: to the first separator, or letters before a number. */
const PREFIX = sql`substring(user_id FROM '^[^-_.:]{1,40}[-_.:](?=.)|^[A-Za-z]{2,40}(?=[0-9])')`;
/** The words of a name without its digits. */
const NAME = sql`left(btrim(regexp_replace(regexp_replace(search_name, '[0-9]+', '', 'g'), '\\s+', ' ', 'g')), 64)`;

const KEYS: Readonly<Record<Exclude<WaveKind, "all">, Prisma.Sql>> = { prefix: PREFIX, name: NAME };

const createdIn = (environmentId: Prisma.Sql, from: Date, before: Date) =>
  sql`environment_id = ${environmentId} AND created_at >= ${time(from)} AND created_at < ${time(before)}`;

/**
 * Environments with registrations since `since` whose bucket has not been counted within `freshMs`, and those with a wave that
 * has not ended. Waves are of real time: nobody is watched under a test clock.
 */
export async function findEnvironmentsToWatch(
  db: Db,
  now: Date,
  since: Date,
  bucket: Date,
  freshMs: number,
): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<{ id: EnvironmentId }[]>`
    SELECT e.id FROM environments e
    LEFT JOIN registration_counts c
      ON c.environment_id = e.id AND c.bucket = ${time(bucket)} AND c.kind = 'all' AND c.key = ''
    WHERE e.clock_ahead_ms IS NULL AND (c.counted_at IS NULL OR c.counted_at < ${time(now.getTime() - freshMs)})
      AND (
        coalesce((SELECT true FROM users WHERE environment_id = e.id AND created_at >= ${time(since)} ORDER BY created_at LIMIT 1), false)
        OR EXISTS (SELECT FROM registration_waves WHERE environment_id = e.id AND ended_at IS NULL)
      )
    ORDER BY e.id`;
  return rows.map(({ id }) => id);
}

/**
 * Counts the registrations of one bucket and keeps what is new; a count never falls when users are deleted. Written in one
 * order by all processes.
 */
export async function countBucket(db: Db, environmentId: EnvironmentId, bucket: Date, now: Date): Promise<void> {
  const id = sql`${environmentId}::int`;
  const created = createdIn(id, bucket, new Date(bucket.getTime() + BUCKET_MS));
  await db.$executeRaw`
    WITH sample AS MATERIALIZED (
      SELECT user_id, search_name FROM users WHERE ${created} ORDER BY created_at DESC, user_id DESC LIMIT ${SAMPLE}
    ), total AS MATERIALIZED (
      SELECT ${countOf(sql`SELECT FROM users WHERE ${created} LIMIT ${COUNT_MAX}`)} AS count,
        (SELECT count(*) FROM sample) AS looked
    ), grouped AS (
      SELECT kind, key, count(*) AS count, row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, key) AS rank
      FROM (SELECT 'prefix' AS kind, ${PREFIX} AS key FROM sample UNION ALL SELECT 'name', ${NAME} FROM sample) AS keyed
      WHERE key <> '' GROUP BY kind, key HAVING count(*) >= ${GROUP_MIN}
    )
    INSERT INTO registration_counts AS c (environment_id, bucket, kind, key, count, counted_at)
    SELECT ${id}, ${time(bucket)}, kind, key, count, ${time(now)} FROM (
      SELECT 'all' AS kind, '' AS key, count FROM total
      UNION ALL
      SELECT g.kind, g.key, round(g.count::float8 * t.count / t.looked)::int
      FROM grouped g CROSS JOIN total t WHERE g.rank <= ${GROUPS}
    ) AS counted
    ORDER BY kind, key
    ON CONFLICT (environment_id, bucket, kind, key) DO UPDATE
      SET count = greatest(c.count, excluded.count), counted_at = greatest(c.counted_at, excluded.counted_at)`;
}

/** Whether a bucket was counted at `at` or later. */
export async function isCounted(db: Db, environmentId: EnvironmentId, bucket: Date, at: Date): Promise<boolean> {
  const row = await db.registrationCount.findUnique({
    where: { environmentId_bucket_kind_key: { environmentId, bucket, kind: "all", key: "" } },
    select: { countedAt: true },
  });
  return row !== null && row.countedAt >= at;
}

export interface KeptCount {
  readonly kind: WaveKind;
  readonly key: string;
  /** Days before: 0 is the hour that ends now. */
  readonly day: number;
  readonly bucket: Date;
  readonly count: number;
}

/** The kept counts of the hour that ends with `bucket`, and of the same hour of the days from `firstDay` to `lastDay` before. */
function findHours(
  db: Db,
  environmentId: EnvironmentId,
  bucket: Date,
  firstDay: number,
  lastDay: number,
): Promise<KeptCount[]> {
  const from = new Date(bucket.getTime() - (HOUR_BUCKETS - 1) * BUCKET_MS);
  const shifted = (at: Date) => sql`${time(at)} - d.day * interval '24 hours'`;
  return db.$queryRaw<KeptCount[]>`
    SELECT c.kind, c.key, d.day, c.bucket, c.count FROM generate_series(${firstDay}::int, ${lastDay}::int) AS d(day)
    CROSS JOIN LATERAL (
      SELECT kind, key, bucket, count FROM registration_counts
      WHERE environment_id = ${environmentId} AND bucket >= ${shifted(from)} AND bucket <= ${shifted(bucket)}
      ORDER BY bucket
    ) c`;
}

export const findLastHour = (db: Db, environmentId: EnvironmentId, bucket: Date) =>
  findHours(db, environmentId, bucket, 0, 0);

export const findSameHours = (db: Db, environmentId: EnvironmentId, bucket: Date) =>
  findHours(db, environmentId, bucket, 1, COMPARED_DAYS);

/** Registrations of a kind from one bucket on. */
export async function sumCounts(
  db: Db,
  environmentId: EnvironmentId,
  group: { readonly kind: WaveKind; readonly key: string },
  from: Date,
): Promise<number> {
  const { _sum } = await db.registrationCount.aggregate({
    where: { environmentId, bucket: { gte: from }, ...group },
    _sum: { count: true },
  });
  return _sum.count ?? 0;
}

/** When the first user of a kind was registered in a bucket; the bucket's beginning when none is found any more. */
export async function findFirstRegistration(
  db: Db,
  environmentId: EnvironmentId,
  { kind, key }: { readonly kind: WaveKind; readonly key: string },
  bucket: Date,
): Promise<Date> {
  const created = createdIn(sql`${environmentId}::int`, bucket, new Date(bucket.getTime() + BUCKET_MS));
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT created_at AS at FROM (
      SELECT created_at, user_id, search_name FROM users WHERE ${created} ORDER BY created_at, user_id LIMIT ${SAMPLE}
    ) AS earliest
    WHERE ${kind === "all" ? sql`true` : sql`${KEYS[kind]} = ${key}`} ORDER BY created_at LIMIT 1`;
  return row?.at ?? bucket;
}

/** Since when registrations are counted; before, they are unknown of environments that were there. */
export async function findCountedSince(db: Db): Promise<Date | null> {
  const fact = await db.installationFact.findUnique({ where: { key: "registrations_counted_since" } });
  return fact === null ? null : new Date(Number(fact.value));
}

/** Forgets up to `limit` counts of buckets that nothing is compared with any more; gives how many. */
export function deleteOldRegistrationCounts(db: Db, now: Date, limit: number): Promise<number> {
  const before = time(now.getTime() - (COMPARED_DAYS + 1) * 86_400_000);
  return db.$executeRaw`
    DELETE FROM registration_counts AS c USING (
      SELECT old.* FROM environments AS e CROSS JOIN LATERAL (
        SELECT environment_id, bucket, kind, key FROM registration_counts
        WHERE environment_id = e.id AND bucket < ${before} ORDER BY bucket LIMIT ${limit}
      ) AS old LIMIT ${limit}
    ) AS old
    WHERE c.environment_id = old.environment_id AND c.bucket = old.bucket AND c.kind = old.kind AND c.key = old.key`;
}
