import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** What becomes of a table's rows when Development is reset: they go, or stay for the reason given (docs/decisions/0081). */
type UnderReset = "emptied" | { readonly kept: string };

const kept = (reason: string): UnderReset => ({ kept: reason });

/**
 * Every table with rows of an environment, in the order in which they go when an app is deleted, and what a reset does with them;
 * the test beside this file fails when one is missing. Environments have no foreign keys
 * (docs/decisions/0003-no-foreign-key-to-environments.md).
 */
export const ENVIRONMENT_TABLES = {
  inbox_entries: "emptied",
  messages: "emptied",
  message_orders: kept("the numbers go on, so that a client that kept its place misses nothing"),
  group_favorites: "emptied",
  group_aliases: "emptied",
  group_members: "emptied",
  group_search_terms: "emptied",
  groups: "emptied",
  blocks: "emptied",
  friend_requests: "emptied",
  friendships: "emptied",
  user_tags: "emptied",
  user_notes: "emptied",
  user_search_terms: "emptied",
  user_search_builds: "emptied",
  user_profiles: "emptied",
  bans: "emptied",
  test_run_users: "emptied",
  test_runs: "emptied",
  clock_steps: kept("a reset keeps the test clock, which needs its steps to go back to real time"),
  users: "emptied",
  settings: "emptied",
  webhook_attempts: "emptied",
  webhook_events: "emptied",
  webhook_runs: kept("who delivers events now"),
  webhooks: kept("where events are sent, which belongs to the test bench and not to a test"),
  user_data_copies: "emptied",
  job_items: "emptied",
  jobs: "emptied",
  request_nonces: kept("a signed request works once, whatever is reset"),
  rate_windows: kept("they last for seconds"),
  refused_requests: "emptied",
  connections: kept("cut by the process that holds them, which then removes the row"),
  refused_connects: "emptied",
  daily_figures: "emptied",
  registration_counts: "emptied",
  registration_waves: "emptied",
  saved_views: kept("operators’ own"),
} as const satisfies Readonly<Record<string, UnderReset>>;

const TABLES = Object.keys(ENVIRONMENT_TABLES);

const EMPTIED = Object.entries(ENVIRONMENT_TABLES).flatMap(([table, fate]) => (fate === "emptied" ? [table] : []));

/** Stay when an app is deleted. @internal For the test that no table is forgotten. */
export const KEPT_TABLES: Readonly<Record<string, string>> = {
  audit_entries: "the record of what was done, which outlasts what it was done to",
  audit_seals: "what shows that the record is as it was written",
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
  for (const table of TABLES) {
    await run({ name: `app-erase-${table}`, text: `DELETE FROM ${table} WHERE environment_id = ANY($1::int[])` }, [
      environmentIds,
    ]);
  }
  await run({ name: "app-erase-environments", text: "DELETE FROM environments WHERE id = ANY($1::int[])" }, [
    environmentIds,
  ]);
}

/**
 * What a connection has planned for foreign keys while their tables were nearly empty reads them whole for each row: of 5,000 users
 * who go at once that took eight seconds. They are planned anew, by an index (docs/decisions/0045).
 */
const PLANS_ANEW = [
  { name: "reset-plans-by-index", text: "SET LOCAL enable_seqscan = off" },
  { name: "reset-plans-anew", text: "DISCARD PLANS" },
];

/** Deletes what a reset deletes of an environment; in the caller's transaction, which has locked its users. */
export async function emptyEnvironment(run: Run, environmentId: EnvironmentId): Promise<void> {
  for (const statement of PLANS_ANEW) await run(statement, []);
  for (const table of EMPTIED) {
    await run({ name: `reset-empty-${table}`, text: `DELETE FROM ${table} WHERE environment_id = $1::int` }, [
      environmentId,
    ]);
  }
}
