import { fewRows } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** The ban of a user that runs, or the last one that ran. */
export interface LatestBan {
  readonly userId: string;
  readonly banId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly bannedByName: string;
  readonly liftedAt: Date | null;
  readonly liftedByName: string | null;
}

const LATEST = {
  name: "bans-latest",
  text: `SELECT t.user_id AS "userId", b.id::text AS "banId", b.starts_at AS "startsAt", b.ends_at AS "endsAt",
      b.banned_by_name AS "bannedByName", b.lifted_at AS "liftedAt", b.lifted_by_name AS "liftedByName"
    FROM ${fewRows(3, { user_id: "text" })} t
    CROSS JOIN LATERAL (
      SELECT * FROM bans WHERE environment_id = $1::int AND user_id = t.user_id
      ORDER BY (ends_at > $2::timestamptz) DESC, starts_at DESC, id DESC LIMIT 1
    ) b`,
};

/** The ban that runs at `now`, or else the one that began last, of each of these users who has had any. */
export async function findLatestBans(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  now: Date,
): Promise<Map<string, LatestBan>> {
  const rows = await run<LatestBan>(LATEST, [environmentId, now.toISOString(), userIds]);
  return new Map(rows.map((ban) => [ban.userId, ban]));
}

const CHANGED_SINCE = {
  name: "bans-changed-since",
  text: `SELECT t.user_id AS "userId" FROM ${fewRows(3, { user_id: "text" })} t
    CROSS JOIN LATERAL (
      SELECT FROM bans WHERE environment_id = $1::int AND user_id = t.user_id
        AND (starts_at > $2::timestamptz OR lifted_at > $2::timestamptz) LIMIT 1
    ) b`,
};

/** Those of these users whom somebody has banned or unbanned after that moment. */
export async function findBansChangedSince(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  since: Date,
): Promise<Set<string>> {
  const rows = await run<{ userId: string }>(CHANGED_SINCE, [environmentId, since.toISOString(), userIds]);
  return new Set(rows.map(({ userId }) => userId));
}

/** A ban that ended early, or runs. */
export interface EndedBan {
  readonly banId: string;
  readonly userId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** As ordered. */
  readonly orderedEndsAt: Date;
  readonly liftedAt: Date | null;
  readonly replaced: boolean;
}

const BY_ID = {
  name: "bans-by-id",
  text: `SELECT id::text AS "banId", user_id AS "userId", starts_at AS "startsAt", ends_at AS "endsAt",
      coalesce(ordered_ends_at, starts_at + minutes * interval '1 minute') AS "orderedEndsAt",
      lifted_at AS "liftedAt", replaced
    FROM bans WHERE environment_id = $1::int AND id = ANY($2::bigint[])`,
};

export async function findBansById(
  run: Run,
  environmentId: EnvironmentId,
  banIds: readonly string[],
): Promise<Map<string, EndedBan>> {
  const rows = await run<EndedBan>(BY_ID, [environmentId, banIds]);
  return new Map(rows.map((ban) => [ban.banId, ban]));
}

const PUT_BACK = {
  name: "bans-put-back",
  text: `WITH back AS (
      UPDATE bans b SET ends_at = t.ends_at, ordered_ends_at = NULL, replaced = false,
        lifted_at = NULL, lifted_by_kind = NULL, lifted_by_id = NULL, lifted_by_name = NULL
      FROM ${fewRows(1, { environment_id: "int", id: "bigint", ends_at: "timestamptz" })} t
      WHERE b.environment_id = t.environment_id AND b.id = t.id
      RETURNING b.environment_id, b.user_id, b.ends_at
    )
    UPDATE users u SET banned_until = back.ends_at FROM (SELECT * FROM back LIMIT (SELECT 1000000)) back
    WHERE u.environment_id = back.environment_id AND u.user_id = back.user_id`,
};

/** Lets bans that ended early run on to the end that was ordered. Their users must be locked, and have no other running. */
export async function putBackBans(run: Run, environmentId: EnvironmentId, bans: readonly EndedBan[]): Promise<void> {
  await run(PUT_BACK, [
    bans.map(() => environmentId),
    bans.map(({ banId }) => banId),
    bans.map(({ orderedEndsAt }) => orderedEndsAt.toISOString()),
  ]);
}
