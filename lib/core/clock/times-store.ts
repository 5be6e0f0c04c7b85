import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/**
 * Every column with a time of an environment's rows, and what becomes of it when the environment goes back to real time. The test
 * beside this file fails when one is missing.
 */

/** Columns that say the environment's time: each is translated, into the real moment or, of `AGES`, by its age. */
export const ENVIRONMENT_TIMES: Readonly<Record<string, readonly string[]>> = {
  settings: ["updated_at"],
  users: ["created_at", "banned_until", "soft_deleted_at", "tokens_valid_from", "last_seen_at", "direct_muted_at"],
  bans: ["starts_at", "ends_at", "ordered_ends_at", "lifted_at"],
  user_profiles: ["registered_at"],
  user_notes: ["created_at", "edited_at"],
  friendships: ["added_at"],
  friend_requests: ["requested_at"],
  blocks: ["blocked_at"],
  groups: ["created_at"],
  group_members: ["joined_at"],
  group_favorites: ["favorited_at"],
  webhooks: ["updated_at"],
  webhook_events: ["created_at", "due_at", "give_up_at", "delivered_at", "dead_at"],
  webhook_attempts: ["at"],
  webhook_runs: ["paused_until"],
  saved_views: ["created_at"],
  jobs: ["created_at", "started_at", "finished_at"],
  job_items: ["finished_at"],
  user_data_copies: ["created_at"],
  test_runs: ["started_at", "expires_at", "ended_at"],
};

/**
 * Of these, how long ago they are decides: a friend request is open for a week, a soft-deleted user can be restored after a while. They
 * stay as long ago as the clock says, also those of before it; so do messages, which are kept for a week.
 */
export const AGES: readonly string[] = ["friend_requests.requested_at", "users.soft_deleted_at"];

/** Columns that say real time, whatever the clock says. @internal For the test that no column is forgotten. */
export const REAL_TIMES: Readonly<Record<string, readonly string[]>> = {
  user_search_builds: ["lease_until"],
  webhooks: ["secret_rotated_at", "previous_secret_until"],
  webhook_runs: ["lease_until"],
  jobs: ["lease_until"],
  // `environment_at` keeps what the clock said then.
  audit_entries: ["at", "environment_at"],
  audit_seals: ["sealed_at", "removed_before"],
  refused_requests: ["hour"],
  connections: ["connected_at"],
  registration_counts: ["bucket", "counted_at"],
  registration_waves: ["since", "last_at", "ended_at"],
  clock_steps: ["passed_from", "real_at"],
};

/** Rows of days: those of days that the clock made up go. */
export const ROWS_OF_DAYS: Readonly<Record<string, string>> = { daily_figures: "day", refused_connects: "day" };

/**
 * The real moment at which the clock said `time`, in whatever part between two moves it is; of a time that the clock has jumped over,
 * the moment of that move. So what was over stays over, and of what goes on is left what was left.
 */
const realTime = (time: string) => `coalesce((
    SELECT greatest(s.real_at, ${time} - s.ahead_ms * interval '1 millisecond') FROM clock_steps AS s
    WHERE s.environment_id = $1::int AND s.passed_from <= ${time} ORDER BY s.passed_from DESC LIMIT 1
  ), ${time})`;

const AHEAD = "(SELECT clock_ahead_ms FROM environments WHERE id = $1::int)";
const SINCE = "(SELECT min(passed_from) FROM clock_steps WHERE environment_id = $1::int)";

const isAge = (table: string, column: string) => AGES.includes(`${table}.${column}`);

const asLongAgo = (time: string) => `${time} - ${AHEAD} * interval '1 millisecond'`;

const TRANSLATE = Object.entries(ENVIRONMENT_TIMES).map(([table, columns]) => {
  const set = columns.map((column) => `${column} = ${isAge(table, column) ? asLongAgo(column) : realTime(column)}`);
  const told = columns.map((column) => (isAge(table, column) ? `${column} IS NOT NULL` : `${column} >= ${SINCE}`));
  return {
    name: `clock-translate-${table}`,
    text: `UPDATE ${table} SET ${set.join(", ")} WHERE environment_id = $1::int AND (${told.join(" OR ")})`,
  };
});

// Where a message lies follows from real time, so it stays there.
const TRANSLATE_MESSAGES = {
  name: "clock-translate-messages",
  text: `UPDATE messages SET sent_at = sent_at - ${AHEAD} WHERE environment_id = $1::int`,
};

const FORGET_DAYS = Object.entries(ROWS_OF_DAYS).map(([table, day]) => ({
  name: `clock-forget-${table}`,
  text: `DELETE FROM ${table} WHERE environment_id = $1::int AND ${day} >= (${SINCE} AT TIME ZONE 'UTC')::date`,
}));

const END = {
  name: "clock-end",
  text: `WITH steps AS (DELETE FROM clock_steps WHERE environment_id = $1::int)
    UPDATE environments SET clock_ahead_ms = NULL, clock_started_at = NULL WHERE id = $1::int`,
};

/** Ends the clock of an environment, which is locked, and translates every time that it has said into real time. */
export async function endClock(run: Run, environmentId: EnvironmentId): Promise<void> {
  for (const statement of [...TRANSLATE, TRANSLATE_MESSAGES, ...FORGET_DAYS, END])
    await run(statement, [environmentId]);
}
