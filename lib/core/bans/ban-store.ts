import type { Database, Db } from "@/lib/db/database";
import { inPrisma, type Run, transactionOn } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, nameOf } from "../actor";

/** One ban of one user, as a row of the statements below. */
export interface BanOrder {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly minutes: number;
  readonly reason: string;
  readonly actor: Actor;
}

const LOCK_USERS = {
  name: "bans-lock-users",
  text: `SELECT i.ordinal::int AS ordinal FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT user_id FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
      FOR NO KEY UPDATE
    ) u`,
};

// The users are locked when this runs, so what it reads is what stays.
const BAN = {
  name: "bans-ban",
  text: `WITH input AS MATERIALIZED (
      SELECT i.*, u.name, u.banned_until FROM unnest(
        $1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::text[],
        $7::actor_kind[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[]
      ) AS i(environment_id, user_id, starts_at, ends_at, minutes, reason, by_kind, by_id, by_name, request_id, source, ip)
      CROSS JOIN LATERAL (
        SELECT name, banned_until FROM users u WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id LIMIT 1
      ) u
    ), banned AS (
      UPDATE users u SET banned_until = i.ends_at FROM input i
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id
    ), replaced AS (
      UPDATE bans b SET ends_at = i.starts_at, replaced = true FROM input i
      WHERE i.banned_until > i.starts_at
        AND b.environment_id = i.environment_id AND b.user_id = i.user_id AND b.ends_at > i.starts_at
    ), history AS (
      INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
      SELECT environment_id, user_id, starts_at, ends_at, minutes, reason, by_kind, by_id, by_name FROM input
    )
    INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id,
      target_name, before, after, request_id, source, ip)
    SELECT environment_id, starts_at, by_kind, by_id, by_name, 'user.banned', 'user', user_id, name,
      jsonb_build_object('bannedUntil', CASE WHEN banned_until > starts_at THEN ${isoTime("banned_until")} END),
      jsonb_build_object('bannedUntil', ${isoTime("ends_at")}, 'minutes', minutes, 'reason', reason),
      request_id, source, ip FROM input`,
};

/** SQL for the text that JavaScript's `toISOString` gives. */
function isoTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** One order for all writers, so that two of them never wait for each other's rows in a circle. */
const byKey = (a: BanOrder, b: BanOrder) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/**
 * Bans users: sets the end on the user, ends an earlier running ban as replaced, writes history and audit entry, all in
 * one transaction. The users must be distinct. Gives the orders that were carried out; unknown and soft-deleted users
 * are left out.
 */
export async function insertBans(db: Database, orders: readonly BanOrder[]): Promise<BanOrder[]> {
  return transactionOn(db.pool, async (run) => {
    const sorted = [...orders].sort(byKey);
    const locked = await run<{ ordinal: number }>(LOCK_USERS, [
      sorted.map((order) => order.environmentId),
      sorted.map((order) => order.userId),
    ]);
    const carriedOut = locked.flatMap(({ ordinal }) => sorted[ordinal - 1] ?? []);
    if (carriedOut.length > 0) await insertLockedBans(run, carriedOut);
    return carriedOut;
  });
}

async function insertLockedBans(run: Run, orders: readonly BanOrder[]): Promise<void> {
  const actors = orders.map(({ actor }) => ({ actor, by: nameOf(actor) }));
  await run(BAN, [
    orders.map((order) => order.environmentId),
    orders.map((order) => order.userId),
    orders.map((order) => order.startsAt.toISOString()),
    orders.map((order) => order.endsAt.toISOString()),
    orders.map((order) => order.minutes),
    orders.map((order) => order.reason),
    actors.map(({ by }) => by.kind),
    actors.map(({ by }) => by.id),
    actors.map(({ by }) => by.name),
    actors.map(({ actor }) => actor.requestId),
    actors.map(({ actor }) => actor.source),
    actors.map(({ actor }) => actor.ip),
  ]);
}

export interface LiftedBan {
  readonly userId: string;
  readonly name: string;
  readonly bannedUntil: Date;
}

const LOCK_BANNED = {
  name: "bans-lock-banned",
  text: `SELECT user_id AS "userId", name, banned_until AS "bannedUntil" FROM users
    WHERE environment_id = $1::int AND user_id = ANY($2::text[]) AND banned_until > $3::timestamptz
    ORDER BY user_id FOR NO KEY UPDATE`,
};

const LIFT = {
  name: "bans-lift",
  text: `WITH lifted AS (
      UPDATE bans SET ends_at = $3::timestamptz, lifted_at = $3::timestamptz,
        lifted_by_kind = $4::actor_kind, lifted_by_id = $5::text, lifted_by_name = $6::text
      WHERE environment_id = $1::int AND user_id = ANY($2::text[]) AND ends_at > $3::timestamptz
    )
    UPDATE users SET banned_until = NULL WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Ends the running bans of these users; gives those who were banned. Must run in a transaction. */
export async function liftBans(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  actor: Actor,
  now: Date,
): Promise<LiftedBan[]> {
  const run = inPrisma(tx);
  const at = now.toISOString();
  const banned = await run<LiftedBan>(LOCK_BANNED, [environmentId, userIds, at]);
  if (banned.length > 0) {
    const by = nameOf(actor);
    await run(LIFT, [environmentId, banned.map((user) => user.userId), at, by.kind, by.id, by.name]);
  }
  return banned;
}

export interface RunningBan {
  readonly userId: string;
  readonly endsAt: Date;
}

/** Bans in force at `now`, latest end first, then by user id. */
export async function findRunningBans(
  db: Db,
  environmentId: EnvironmentId,
  now: Date,
  page: { offset: number; limit: number },
): Promise<RunningBan[]> {
  return db.$queryRaw`SELECT user_id AS "userId", ends_at AS "endsAt" FROM bans
    WHERE environment_id = ${environmentId} AND ends_at > ${now}
    ORDER BY ends_at DESC, user_id OFFSET ${page.offset} LIMIT ${page.limit}`;
}

/**
 * Clears `banned_until` of up to `limit` users whose ban has passed, so that the indexes of banned users stay small;
 * gives how many. Rows that another transaction holds are left for the next time.
 */
export async function clearEndedBans(db: Db, now: Date, limit: number): Promise<number> {
  return db.$executeRaw`UPDATE users u SET banned_until = NULL FROM (
      SELECT e.id AS environment_id, ended.user_id FROM environments e CROSS JOIN LATERAL (
        SELECT user_id FROM users WHERE environment_id = e.id AND banned_until <= ${now}
        ORDER BY banned_until LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED
      ) ended LIMIT ${limit}
    ) ended WHERE u.environment_id = ended.environment_id AND u.user_id = ended.user_id AND u.banned_until <= ${now}`;
}
