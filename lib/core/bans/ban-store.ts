import type { Database, Db } from "@/lib/db/database";
import { retrying } from "@/lib/db/retry";
import { inPrisma, onPool, type Run, rowsOf, type Statement, transactionOn } from "@/lib/db/statement";
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
  text: `SELECT i.ordinal::int AS ordinal FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT user_id FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
      FOR NO KEY UPDATE
    ) u`,
};

const INPUT = `${rowsOf(
  "int",
  "text",
  "timestamptz",
  "timestamptz",
  "int",
  "text",
  "actor_kind",
  "text",
  "text",
  "text",
  "text",
  "text",
)} WITH ORDINALITY AS i(environment_id, user_id, starts_at, ends_at, minutes, reason, by_kind, by_id, by_name,
    request_id, source, ip, ordinal)`;

/** Writes the bans of `target`: the input together with each user's name and `banned_until` as it was. */
const WRITE = `banned AS (
    UPDATE users u SET banned_until = t.ends_at FROM target t
    WHERE u.environment_id = t.environment_id AND u.user_id = t.user_id
  ), history AS (
    INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
    SELECT environment_id, user_id, starts_at, ends_at, minutes, reason, by_kind, by_id, by_name FROM target
  ), audit AS (
    INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id,
      target_name, before, after, request_id, source, ip)
    SELECT environment_id, starts_at, by_kind, by_id, by_name, 'user.banned', 'user', user_id, name,
      jsonb_build_object('bannedUntil', CASE WHEN banned_until > starts_at THEN ${isoTime("banned_until")} END),
      jsonb_build_object('bannedUntil', ${isoTime("ends_at")}, 'minutes', minutes, 'reason', reason),
      request_id, source, ip FROM target
  )`;

// For users who are not banned: they have no running ban to end, so locking and writing is one statement. The condition
// is judged on the row as it is once locked; whoever was banned meanwhile is left out, and banned by the next one.
const BAN_FREE = {
  name: "bans-ban-free",
  text: `WITH target AS MATERIALIZED (
      SELECT i.*, u.name, u.banned_until FROM ${INPUT}
      CROSS JOIN LATERAL (
        SELECT name, banned_until FROM users u
        WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
          AND (u.banned_until IS NULL OR u.banned_until <= i.starts_at)
        FOR NO KEY UPDATE
      ) u
    ), ${WRITE}
    SELECT ordinal::int AS ordinal FROM target`,
};

// For users who may be banned and were locked by a statement before, so that this one sees the ban that is to be ended.
const BAN_LOCKED = {
  name: "bans-ban-locked",
  text: `WITH target AS MATERIALIZED (
      SELECT i.*, u.name, u.banned_until FROM ${INPUT}
      CROSS JOIN LATERAL (
        SELECT name, banned_until FROM users u WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id LIMIT 1
      ) u
    ), replaced AS (
      UPDATE bans b SET ends_at = t.starts_at, replaced = true FROM target t
      WHERE t.banned_until > t.starts_at
        AND b.environment_id = t.environment_id AND b.user_id = t.user_id AND b.ends_at > t.starts_at
    ), ${WRITE}
    SELECT ordinal::int AS ordinal FROM target`,
};

/** SQL for the text that JavaScript's `toISOString` gives. */
function isoTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** One order for all writers, so that two of them never wait for each other's rows in a circle. */
const byKey = (a: BanOrder, b: BanOrder) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/**
 * Bans users: sets the end on the user, ends an earlier running ban as replaced, writes history and audit entry, all of
 * one user in one transaction. The users must be distinct. Gives the orders that were carried out; unknown and
 * soft-deleted users are left out.
 */
export async function insertBans(db: Database, orders: readonly BanOrder[]): Promise<BanOrder[]> {
  const sorted = [...orders].sort(byKey);
  const free = await write(onPool(db.pool), BAN_FREE, sorted);
  const rest = sorted.filter((order) => !free.has(order));
  if (rest.length === 0) return sorted;
  const ban = async (run: Run) => {
    const locked = await run<Position>(LOCK_USERS, [
      rest.map((order) => order.environmentId),
      rest.map((order) => order.userId),
    ]);
    const known = locked.flatMap(({ ordinal }) => rest[ordinal - 1] ?? []);
    return known.length === 0 ? new Set<BanOrder>() : write(run, BAN_LOCKED, known);
  };
  // Begun anew here after a deadlock: a batch that began as a whole anew would ban the free ones a second time.
  const again = await retrying(() => transactionOn(db.pool, ban));
  return sorted.filter((order) => free.has(order) || again.has(order));
}

interface Position {
  readonly ordinal: number;
}

/** Gives the orders that the statement carried out. */
async function write(run: Run, statement: Statement, orders: readonly BanOrder[]): Promise<Set<BanOrder>> {
  const actors = orders.map(({ actor }) => ({ actor, by: nameOf(actor) }));
  const rows = await run<Position>(statement, [
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
  return new Set(rows.flatMap(({ ordinal }) => orders[ordinal - 1] ?? []));
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
