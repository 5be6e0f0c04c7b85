import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { BannedByKind } from "./list-schema";

export interface StoredBan {
  readonly id: bigint;
  readonly userId: string;
  readonly userName: string;
  readonly userAvatarUrl: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly minutes: number;
  readonly reason: string;
  readonly bannedByKind: BannedByKind;
  readonly bannedById: string;
  readonly bannedByName: string;
  readonly liftedAt: Date | null;
  readonly liftedByKind: BannedByKind | null;
  readonly liftedById: string | null;
  readonly liftedByName: string | null;
  readonly replaced: boolean;
}

/** `[when the ban ends (for one user's bans: started), in Unix milliseconds; ban id as text]` */
export type BanKeys = readonly [number, string];

/** Bans that run at `now`, or those that are over. All times in Unix milliseconds. */
export interface BanCondition {
  readonly tab: "active" | "ended";
  readonly now: number;
  /** Only bans that end before this. */
  readonly endsBefore: number | null;
  /** Only bans that have ended since. */
  readonly endedSince: number | null;
  /** Who ordered it: a kind of actor, or one operator by id. */
  readonly by: { readonly kind: BannedByKind } | { readonly operatorId: string } | null;
  /** Exactly this reason, which is not empty. */
  readonly reason: string | null;
}

const { sql, empty } = Prisma;

const COLUMNS = sql`b.id, b.user_id AS "userId", u.name AS "userName", u.avatar_url AS "userAvatarUrl",
  b.starts_at AS "startsAt", b.ends_at AS "endsAt", b.minutes, b.reason,
  b.banned_by_kind::text AS "bannedByKind", b.banned_by_id AS "bannedById", b.banned_by_name AS "bannedByName",
  b.lifted_at AS "liftedAt", b.lifted_by_kind::text AS "liftedByKind", b.lifted_by_id AS "liftedById",
  b.lifted_by_name AS "liftedByName", b.replaced`;

/** Which bans a condition means, of `bans AS b`. */
export function banConditionSql(environmentId: EnvironmentId, condition: BanCondition): Prisma.Sql {
  const { tab, now, endsBefore, endedSince, by, reason } = condition;
  const state = tab === "active" ? sql`b.ends_at > ${time(now)}` : sql`b.ends_at <= ${time(now)}`;
  const before = endsBefore === null ? empty : sql` AND b.ends_at < ${time(endsBefore)}`;
  const since = endedSince === null ? empty : sql` AND b.ends_at >= ${time(endedSince)}`;
  // What the partial indexes hold stands here as a word, so that PostgreSQL sees that they serve.
  const ordered =
    by === null
      ? empty
      : "kind" in by
        ? sql` AND b.banned_by_kind = ${by.kind}::actor_kind`
        : sql` AND b.banned_by_kind = 'operator' AND b.banned_by_id = ${by.operatorId}`;
  const given = reason === null ? empty : sql` AND b.reason <> '' AND b.reason = ${reason}`;
  return sql`b.environment_id = ${environmentId} AND ${state}${before}${since}${ordered}${given}`;
}

/** How the bans of a tab are ordered, and which lie beyond a place. */
export function banOrder(tab: BanCondition["tab"], place: Place<BanKeys> | null) {
  const { direction, beyond } = keysetOrder((tab === "ended") !== (place?.direction === "previous"));
  return {
    order: sql`b.ends_at ${direction}, b.id ${direction}`,
    from:
      place === null ? empty : sql` AND (b.ends_at, b.id) ${beyond} (${time(place.keys[0])}, ${BigInt(place.keys[1])})`,
  };
}

/** The page of bans is cut first and joined with its users afterwards: at most `limit` look-ups. */
export function withUsers(db: Db, page: Prisma.Sql, order: Prisma.Sql): Promise<StoredBan[]> {
  return db.$queryRaw<StoredBan[]>`
    SELECT ${COLUMNS} FROM (${page}) AS b
    JOIN users AS u ON u.environment_id = b.environment_id AND u.user_id = b.user_id
    ORDER BY ${order}`;
}

/** Active bans with the soonest end first, ended ones with the latest end first; beside a place, nearest first. */
export function findBans(
  db: Db,
  environmentId: EnvironmentId,
  condition: BanCondition,
  place: Place<BanKeys> | null,
  limit: number,
): Promise<StoredBan[]> {
  const { order, from } = banOrder(condition.tab, place);
  const where = banConditionSql(environmentId, condition);
  return withUsers(db, sql`SELECT * FROM bans AS b WHERE ${where}${from} ORDER BY ${order} LIMIT ${limit}`, order);
}

/** One user's bans, latest first; beside a place, nearest first. */
export function findBansOfUser(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  place: Place<BanKeys> | null,
  limit: number,
): Promise<StoredBan[]> {
  const { direction, beyond } = keysetOrder(place?.direction !== "previous");
  const order = sql`b.starts_at ${direction}, b.id ${direction}`;
  const from =
    place === null ? empty : sql` AND (b.starts_at, b.id) ${beyond} (${time(place.keys[0])}, ${BigInt(place.keys[1])})`;
  const where = sql`b.environment_id = ${environmentId} AND b.user_id = ${userId}`;
  return withUsers(db, sql`SELECT * FROM bans AS b WHERE ${where}${from} ORDER BY ${order} LIMIT ${limit}`, order);
}

/** The ban of this user that runs at `now`. */
export async function findRunningBanOf(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  now: number,
): Promise<StoredBan | null> {
  const where = sql`b.environment_id = ${environmentId} AND b.user_id = ${userId} AND b.ends_at > ${time(now)}`;
  const [ban] = await withUsers(db, sql`SELECT * FROM bans AS b WHERE ${where} LIMIT 1`, sql`b.id`);
  return ban ?? null;
}
