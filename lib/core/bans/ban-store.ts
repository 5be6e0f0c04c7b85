import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { fewRows, timeIn } from "@/lib/db/sql";
import { type Run, type Write, write } from "@/lib/db/statement";
import { type Actor, type ActorName, type EnvironmentId, nameOf } from "../actor";

/** One ban of one user. */
export interface NewBan {
  readonly userId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly minutes: number;
  readonly reason: string;
  readonly by: ActorName;
}

// The ban that was running, if any, is seen and the new one is not: a statement does not see what it inserts.
const INSERT = {
  name: "bans-insert",
  text: `WITH target AS MATERIALIZED (
      SELECT * FROM ${fewRows(1, {
        environment_id: "int",
        user_id: "text",
        starts_at: "timestamptz",
        ends_at: "timestamptz",
        minutes: "int",
        reason: "text",
        by_kind: "actor_kind",
        by_id: "text",
        by_name: "text",
      })} i
    ), replaced AS (
      UPDATE bans b SET ordered_ends_at = b.ends_at, ends_at = greatest(t.starts_at, b.starts_at), replaced = true
      FROM target t WHERE b.environment_id = t.environment_id AND b.user_id = t.user_id AND b.ends_at > t.starts_at
      RETURNING b.user_id, b.id
    ), banned AS (
      UPDATE users u SET banned_until = t.ends_at FROM target t
      WHERE u.environment_id = t.environment_id AND u.user_id = t.user_id
    ), inserted AS (
      INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
      SELECT environment_id, user_id, starts_at, ends_at, minutes, reason, by_kind, by_id, by_name FROM target
      RETURNING user_id, id
    )
    SELECT i.user_id AS "userId", i.id::text AS "banId", r.id::text AS "replacedId"
    FROM inserted i LEFT JOIN replaced r USING (user_id)`,
};

export interface InsertedBan {
  readonly userId: string;
  readonly banId: string;
  /** The ban that ran before. */
  readonly replacedId: string | null;
}

/**
 * What bans users: sets the end on the user, ends an earlier running ban as replaced, writes the history. The users must be
 * distinct and locked, and the bans begin at a time taken under the lock.
 */
export function banWrite(
  environmentId: EnvironmentId,
  bans: readonly NewBan[],
  onInserted: (bans: readonly InsertedBan[]) => void,
): Write {
  const values = [
    bans.map(() => environmentId),
    bans.map((ban) => ban.userId),
    bans.map((ban) => ban.startsAt.toISOString()),
    bans.map((ban) => ban.endsAt.toISOString()),
    bans.map((ban) => ban.minutes),
    bans.map((ban) => ban.reason),
    bans.map(({ by }) => by.kind),
    bans.map(({ by }) => by.id),
    bans.map(({ by }) => by.name),
  ];
  return write<InsertedBan>(INSERT, values, onInserted);
}

export interface BannedUser {
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
      UPDATE bans SET ordered_ends_at = ends_at, ends_at = greatest($3::timestamptz, starts_at),
        lifted_at = greatest($3::timestamptz, starts_at),
        lifted_by_kind = $4::actor_kind, lifted_by_id = $5::text, lifted_by_name = $6::text
      WHERE environment_id = $1::int AND user_id = ANY($2::text[]) AND ends_at > $3::timestamptz
      RETURNING user_id, id, lifted_at
    ), free AS (
      UPDATE users SET banned_until = NULL WHERE environment_id = $1::int AND user_id = ANY($2::text[])
    )
    SELECT user_id AS "userId", id::text AS "banId", lifted_at AS "liftedAt" FROM lifted`,
};

/** Locks those of these users whose ban runs, soft-deleted ones too. Must run in a transaction. */
export function lockBanned(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  now: Date,
): Promise<BannedUser[]> {
  return run<BannedUser>(LOCK_BANNED, [environmentId, userIds, now.toISOString()]);
}

/** Ends the running bans of locked users; gives which. */
export function liftBans(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  actor: Actor,
  now: Date,
): Promise<{ userId: string; banId: string; liftedAt: Date }[]> {
  const by = nameOf(actor);
  return run(LIFT, [environmentId, userIds, now.toISOString(), by.kind, by.id, by.name]);
}

/**
 * Clears `banned_until` of up to `limit` users whose ban has passed, so that the indexes of banned users stay small;
 * gives how many. Rows that another transaction holds are left for the next time.
 */
export async function clearEndedBans(db: Db, now: Date, limit: number): Promise<number> {
  return db.$executeRaw`UPDATE users u SET banned_until = NULL FROM (
      SELECT e.id AS environment_id, ended.* FROM environments e CROSS JOIN LATERAL (
        SELECT user_id, banned_until FROM users WHERE environment_id = e.id AND banned_until <= ${timeIn(Prisma.sql`e`, now)}
        ORDER BY banned_until LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED
      ) ended LIMIT ${limit}
    ) ended WHERE u.environment_id = ended.environment_id AND u.user_id = ended.user_id
      AND u.banned_until <= ended.banned_until`;
}
