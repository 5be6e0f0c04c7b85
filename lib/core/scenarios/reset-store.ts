import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { ResetCounts } from "./schema";

const COUNTS = {
  name: "reset-counts",
  text: `SELECT
    (SELECT count(*)::int FROM users WHERE environment_id = $1::int) AS users,
    (SELECT count(*)::int FROM groups WHERE environment_id = $1::int) AS groups,
    (SELECT count(*)::int FROM messages WHERE environment_id = $1::int) AS messages,
    (SELECT count(*)::int FROM test_runs WHERE environment_id = $1::int) AS "testRuns",
    (SELECT count(*)::int FROM jobs WHERE environment_id = $1::int) AS jobs,
    (SELECT count(*)::int FROM webhook_events WHERE environment_id = $1::int) AS "webhookDeliveries",
    (SELECT count(*)::int FROM connections WHERE environment_id = $1::int) AS connections,
    ARRAY(SELECT key FROM settings WHERE environment_id = $1::int ORDER BY key) AS settings`,
};

export async function countWhatResets(run: Run, environmentId: EnvironmentId): Promise<ResetCounts> {
  const [counts] = await run<ResetCounts>(COUNTS, [environmentId]);
  if (counts === undefined) throw new Error("reset: counts are one row");
  return counts;
}

// A worker holds its job before it locks seats and users.
const LOCK_JOBS = {
  name: "reset-lock-jobs",
  text: "SELECT FROM jobs WHERE environment_id = $1::int AND state IN ('queued', 'running') ORDER BY id FOR UPDATE",
};

export async function lockUnfinishedJobs(run: Run, environmentId: EnvironmentId): Promise<void> {
  await run(LOCK_JOBS, [environmentId]);
}

const LOCK_USERS = {
  name: "reset-lock-users",
  text: `SELECT user_id AS "userId" FROM users WHERE environment_id = $1::int ORDER BY user_id FOR UPDATE`,
};

const LOCK_GROUPS = {
  name: "reset-lock-groups",
  text: "SELECT FROM groups WHERE environment_id = $1::int ORDER BY group_id FOR UPDATE",
};

/** Locks everybody and then every group, in the order in which everything locks them; gives the users’ ids. */
export async function lockEverybody(run: Run, environmentId: EnvironmentId): Promise<string[]> {
  const users = await run<{ userId: string }>(LOCK_USERS, [environmentId]);
  await run(LOCK_GROUPS, [environmentId]);
  return users.map(({ userId }) => userId);
}

const MEMBERSHIPS = {
  name: "reset-memberships",
  text: `SELECT group_id AS "groupId", user_id AS "userId" FROM group_members WHERE environment_id = $1::int`,
};

export const findMemberships = (run: Run, environmentId: EnvironmentId) =>
  run<{ groupId: string; userId: string }>(MEMBERSHIPS, [environmentId]);

const NEXT_SETTINGS = {
  name: "reset-settings-version",
  text: "UPDATE environments SET settings_version = settings_version + 1 WHERE id = $1::int",
};

/** Settings went back to their defaults: whoever edits older ones is refused. */
export async function moveSettingsVersion(run: Run, environmentId: EnvironmentId): Promise<void> {
  await run(NEXT_SETTINGS, [environmentId]);
}

const CLEAR_PAUSE = {
  name: "reset-receiver-pause",
  text: "UPDATE webhook_runs SET timeouts = 0, paused_until = NULL WHERE environment_id = $1::int",
};

/** A receiver that was left in peace gets what happens from now on. */
export async function endReceiverPause(run: Run, environmentId: EnvironmentId): Promise<void> {
  await run(CLEAR_PAUSE, [environmentId]);
}

const CONNECTIONS = {
  name: "reset-connections",
  text: `SELECT id, user_id AS "userId" FROM connections WHERE environment_id = $1::int`,
};

export const findOpenConnections = (run: Run, environmentId: EnvironmentId) =>
  run<{ id: string; userId: string }>(CONNECTIONS, [environmentId]);
