import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockUsers } from "../users/locked-users-store";

export interface ChangedMute {
  readonly userId: string;
  readonly name: string;
  /** Since when the user was muted before this; null: was not. */
  readonly mutedAt: Date | null;
}

/**
 * Locks these users and gives those whom a mute, or with `muted` false its end, would change, in the order of their ids.
 * Who is muted already stays muted since then.
 */
export async function lockForMute(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  muted: boolean,
): Promise<ChangedMute[]> {
  const users = await lockUsers(
    run,
    userIds.map((userId) => ({ environmentId, userId })),
  );
  return [...users.values()].flatMap(({ userId, name, directMutedAt }) =>
    (directMutedAt !== null) === muted ? [] : [{ userId, name, mutedAt: directMutedAt }],
  );
}

const SET = {
  name: "mutes-set",
  text: `UPDATE users SET direct_muted_at = $3::timestamptz WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Mutes locked users in direct channels since `mutedAt`, or with null ends it. */
export function muteWrite(environmentId: EnvironmentId, userIds: readonly string[], mutedAt: Date | null): Write {
  return write(SET, [environmentId, userIds, mutedAt?.toISOString() ?? null]);
}

/** A muted user's place in the list: `[muted since in Unix milliseconds, user id]`. */
export type MutedKeys = readonly [number, string];

interface Question {
  readonly environmentId: EnvironmentId;
  /** Null: from the beginning. */
  readonly after: MutedKeys | null;
  readonly skip: number;
  readonly limit: number;
}

export interface MutedPage {
  /** Of all pages, from the same moment. */
  readonly totalCount: number;
  readonly users: readonly MutedKeys[];
}

// A page comes as one JSON text, as those of blocklists do.
const MUTED = {
  name: "mutes-pages",
  text: `SELECT (
      SELECT count(*)::int FROM users WHERE environment_id = $1::int AND direct_muted_at IS NOT NULL
    ) AS "totalCount", p.page
    FROM unnest((SELECT $2::timestamptz[]), (SELECT $3::text[]), (SELECT $4::bigint[]), (SELECT $5::bigint[])) WITH ORDINALITY
      AS i(muted_at, user_id, skip, size, ordinal)
    CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(json_build_array(floor(extract(epoch FROM u.direct_muted_at) * 1000)::bigint, u.user_id)
        ORDER BY u.direct_muted_at, u.user_id), '[]') AS page
      FROM (
        SELECT direct_muted_at, user_id FROM users
        WHERE environment_id = $1::int AND direct_muted_at IS NOT NULL AND (direct_muted_at, user_id) > (i.muted_at, i.user_id)
        ORDER BY direct_muted_at, user_id OFFSET i.skip LIMIT i.size
      ) u
    ) p ORDER BY i.ordinal`,
};

const asking = perDatabase((db) =>
  createBatch<Question, MutedPage>({
    maxItems: 100,
    maxInFlight: 1,
    groupOf: ({ environmentId }) => environmentId,
    async run(questions) {
      const rows = await onPool(db.pool)<{ totalCount: number; page: MutedKeys[] }>(MUTED, [
        questions[0]?.environmentId,
        questions.map(({ after }) => (after === null ? "-infinity" : new Date(after[0]).toISOString())),
        questions.map(({ after }) => after?.[1] ?? ""),
        questions.map(({ skip }) => skip),
        questions.map(({ limit }) => limit),
      ]);
      return rows.map(({ totalCount, page }) => ({ totalCount, users: page }));
    },
  }),
);

/**
 * Users who are muted, the longest muted first, so that an offset stays right while others are muted: those after a place, without the
 * first `skip` of them; and how many there are. Whoever asks while others do shares their statement, and so one count.
 */
export function findMuted(db: Database, question: Question): Promise<MutedPage> {
  return asking(db)(question);
}
