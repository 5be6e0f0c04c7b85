import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/**
 * Every table with rows of an environment, in the order in which they go when an app is deleted; the test beside this file
 * fails when one is missing. Environments have no foreign keys (docs/decisions/0003-no-foreign-key-to-environments.md).
 */
export const ENVIRONMENT_TABLES = [
  "inbox_entries",
  "messages",
  "message_orders",
  "group_aliases",
  "group_members",
  "groups",
  "blocks",
  "friend_requests",
  "friendships",
  "user_tags",
  "user_notes",
  "user_search_terms",
  "user_search_builds",
  "user_profiles",
  "bans",
  "test_run_users",
  "test_runs",
  "clock_steps",
  "users",
  "settings",
  "webhook_attempts",
  "webhook_events",
  "webhook_runs",
  "webhooks",
  "job_items",
  "jobs",
  "request_nonces",
  "rate_windows",
  "refused_requests",
  "connections",
  "refused_connects",
  "daily_figures",
  "registration_counts",
  "registration_waves",
  "saved_views",
] as const;

/** Stay when an app is deleted. @internal For the test that no table is forgotten. */
export const KEPT_TABLES: Readonly<Record<string, string>> = {
  audit_entries: "the record of what was done, which outlasts what it was done to",
};

/** What keeps an app from being deleted, of one environment. */
export interface Obstacle {
  readonly environmentId: EnvironmentId;
  /** Registered and soft-deleted, counted up to one. */
  readonly users: number;
  /** One is queued or running. */
  readonly jobs: boolean;
}

const OBSTACLES = {
  name: "app-deletion-obstacles",
  text: `SELECT e.id AS "environmentId", u.count AS users, j.unfinished AS jobs
    FROM unnest($1::int[]) AS e(id)
    CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM (SELECT FROM users WHERE environment_id = e.id LIMIT 1) AS one) AS u
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM jobs WHERE environment_id = e.id AND state IN ('queued', 'running')) AS unfinished
    ) AS j
    WHERE u.count > 0 OR j.unfinished
    ORDER BY users DESC, e.id`,
};

export function whatStandsInTheWay(run: Run, environmentIds: readonly EnvironmentId[]): Promise<Obstacle[]> {
  return run<Obstacle>(OBSTACLES, [environmentIds]);
}

/** Deletes all rows of these environments, and the environments; in the caller's transaction. */
export async function eraseEnvironments(run: Run, environmentIds: readonly EnvironmentId[]): Promise<void> {
  for (const table of ENVIRONMENT_TABLES) {
    await run({ name: `app-erase-${table}`, text: `DELETE FROM ${table} WHERE environment_id = ANY($1::int[])` }, [
      environmentIds,
    ]);
  }
  await run({ name: "app-erase-environments", text: "DELETE FROM environments WHERE id = ANY($1::int[])" }, [
    environmentIds,
  ]);
}
