import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countOf, time, timeIn } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";

/**
 * Figures per UTC day. A day's row is final once it was kept after the day's end: what happened to its users afterwards
 * changes nothing any more. Sets over all environments, so SQL (docs/decisions/0008-when-raw-sql-is-right.md).
 */

const { sql } = Prisma;

const NEXT_DAY = sql`(d.day + 1)::timestamptz`;
const DAY = sql`d.day::timestamptz`;

const registeredOn = (environmentId: Prisma.Sql, limit = Prisma.empty) => sql`SELECT FROM users
  WHERE environment_id = ${environmentId} AND created_at >= ${DAY} AND created_at < ${NEXT_DAY}${limit}`;

// In the words of the index on last_seen_at.
const SEEN = sql`coalesce(last_seen_at, '-infinity'::timestamptz)`;
const seenOn = (environmentId: Prisma.Sql, limit = Prisma.empty) => sql`SELECT FROM users
  WHERE environment_id = ${environmentId} AND ${SEEN} >= ${DAY} AND ${SEEN} < ${NEXT_DAY}${limit}`;

/**
 * Keeps the figures of every environment for the UTC days from `firstDay` to the day of `now`: those of today as they are,
 * unless they were kept within `freshMs`, and once more those of a day that has ended. Days before figures were kept get
 * their registrations, which the users' rows still tell. Gives how many rows it wrote.
 */
export function keepFigures(db: Db, now: Date, firstDay: Date, freshMs: number): Promise<number> {
  const at = timeIn(sql`e`, now);
  const today = sql`(${at} AT TIME ZONE 'UTC')::date`;
  return db.$executeRaw`
    INSERT INTO daily_figures AS f (environment_id, day, registered, active, peak_connections, kept_at)
    SELECT e.id, d.day, ${countOf(registeredOn(sql`e.id`))},
      CASE WHEN kept.active IS NOT NULL OR d.day = ${today} THEN ${countOf(seenOn(sql`e.id`))} END,
      CASE WHEN d.day = ${today} THEN ${countOf(sql`SELECT FROM connections WHERE environment_id = e.id`)} ELSE kept.peak_connections END,
      ${at}
    FROM environments e
    CROSS JOIN LATERAL (
      SELECT day::date AS day FROM generate_series(
        greatest((${timeIn(sql`e`, firstDay)} AT TIME ZONE 'UTC')::date, (e.created_at AT TIME ZONE 'UTC')::date), ${today}, interval '1 day'
      ) AS series(day)
    ) d
    LEFT JOIN daily_figures kept ON kept.environment_id = e.id AND kept.day = d.day
    WHERE kept.kept_at IS NULL OR (kept.kept_at < ${NEXT_DAY} AND kept.kept_at < ${timeIn(sql`e`, now.getTime() - freshMs)})
    ON CONFLICT (environment_id, day) DO UPDATE SET registered = excluded.registered,
      active = greatest(f.active, excluded.active), peak_connections = greatest(f.peak_connections, excluded.peak_connections),
      kept_at = greatest(f.kept_at, excluded.kept_at)`;
}

/** Raises today's peak of connections where there are more than ever on the day of `now`. */
export async function raisePeaks(db: Db, now: Date): Promise<void> {
  await db.$executeRaw`UPDATE daily_figures f SET peak_connections = c.count FROM (
      SELECT environment_id, count(*)::int AS count FROM connections GROUP BY environment_id
    ) c JOIN environments e ON e.id = c.environment_id
    WHERE f.environment_id = c.environment_id AND f.day = (${timeIn(sql`e`, now)} AT TIME ZONE 'UTC')::date
      AND f.peak_connections < c.count`;
}

/** Forgets up to `limit` rows of days before `day`; gives how many. */
export function deleteFiguresBefore(db: Db, day: Date, limit: number): Promise<number> {
  return db.$executeRaw`DELETE FROM daily_figures f USING (
      SELECT e.id, old.day FROM environments e CROSS JOIN LATERAL (
        SELECT day FROM daily_figures WHERE environment_id = e.id AND day < (${time(day)} AT TIME ZONE 'UTC')::date LIMIT ${limit}
      ) old LIMIT ${limit}
    ) old WHERE f.environment_id = old.id AND f.day = old.day`;
}

/** A day's figures as stored, and as counted now where the day has not been closed. */
export interface StoredFigures {
  readonly day: Date;
  readonly registered: number | null;
  readonly active: number | null;
  readonly peakConnections: number | null;
  /** Null for a day that is closed; otherwise counted no further than the limit. */
  readonly registeredNow: number | null;
  /** Null for every day but the last; likewise. */
  readonly activeNow: number | null;
  readonly connectionsNow: number | null;
}

/** Of each UTC day from `firstDay` to `lastDay`, oldest first. */
export function findFigures(
  db: Db,
  environmentId: EnvironmentId,
  firstDay: Date,
  lastDay: Date,
  limit: number,
): Promise<StoredFigures[]> {
  const id = sql`${environmentId}::int`;
  const upTo = sql` LIMIT ${limit}`;
  const last = sql`(${time(lastDay)} AT TIME ZONE 'UTC')::date`;
  return db.$queryRaw<StoredFigures[]>`
    SELECT d.day, f.registered, f.active, f.peak_connections AS "peakConnections",
      CASE WHEN f.kept_at >= ${NEXT_DAY} THEN NULL ELSE ${countOf(registeredOn(id, upTo))} END AS "registeredNow",
      CASE WHEN d.day = ${last} THEN ${countOf(seenOn(id, upTo))} END AS "activeNow",
      CASE WHEN d.day = ${last} THEN ${countOf(sql`SELECT FROM connections WHERE environment_id = ${id}${upTo}`)} END AS "connectionsNow"
    FROM (
      SELECT day::date AS day FROM generate_series(${time(firstDay)}, ${time(lastDay)}, interval '24 hours') AS series(day)
    ) d
    LEFT JOIN daily_figures f ON f.environment_id = ${id} AND f.day = d.day
    ORDER BY d.day`;
}
