import type { Database, Db } from "@/lib/db/database";
import { fewRows } from "@/lib/db/sql";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** Who belongs to which run: sets, and look-ups that are one index search a row (docs/decisions/0008). */

const JOIN = {
  name: "test-run-join",
  text: `INSERT INTO test_run_users (environment_id, user_id, run_id)
    SELECT * FROM ${fewRows(1, { environment_id: "int", user_id: "text", run_id: "text" })} AS joined`,
};

/** Puts users who were registered in this transaction into their runs. */
export async function joinTestRuns(
  run: Run,
  environmentId: EnvironmentId,
  members: readonly { readonly userId: string; readonly runId: string }[],
): Promise<void> {
  if (members.length === 0) return;
  await run(JOIN, [
    members.map(() => environmentId),
    members.map(({ userId }) => userId),
    members.map(({ runId }) => runId),
  ]);
}

const FIND_RUNS = {
  name: "test-runs-of-users",
  text: `SELECT few.user_id AS "userId", m.run_id AS "runId"
    FROM ${fewRows(1, { environment_id: "int", user_id: "text" })} AS few
    CROSS JOIN LATERAL (
      SELECT run_id FROM test_run_users WHERE environment_id = few.environment_id AND user_id = few.user_id LIMIT 1
    ) AS m`,
};

/** The run of each of these users, by user id; who belongs to none is missing. `at`: the pool, or the caller's transaction. */
export async function findRunsOfUsers(
  at: Database | Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const run = typeof at === "function" ? at : onPool(at.pool);
  const rows = await run<{ userId: string; runId: string }>(FIND_RUNS, [userIds.map(() => environmentId), userIds]);
  return new Map(rows.map(({ userId, runId }) => [userId, runId]));
}

/** Lets a user belong to no run any more; false: the user did not belong to this one. */
export async function leaveTestRun(
  db: Db,
  environmentId: EnvironmentId,
  runId: string,
  userId: string,
): Promise<boolean> {
  const { count } = await db.testRunUser.deleteMany({ where: { environmentId, userId, runId } });
  return count === 1;
}

/** The ids of the users of a run, in their order; at most `limit`. */
export async function findMembers(
  db: Db,
  environmentId: EnvironmentId,
  runId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.testRunUser.findMany({
    where: { environmentId, runId },
    select: { userId: true },
    orderBy: { userId: "asc" },
    take: limit,
  });
  return rows.map(({ userId }) => userId);
}

/** Whether anybody belongs to a run, soft-deleted users too. */
export async function hasMembers(db: Db, environmentId: EnvironmentId, runId: string): Promise<boolean> {
  return (await db.testRunUser.findFirst({ where: { environmentId, runId }, select: { userId: true } })) !== null;
}

export interface MemberCounts {
  readonly runId: string;
  readonly users: number;
  readonly softDeleted: number;
  readonly online: number;
}

const COUNT = {
  name: "test-run-count-members",
  text: `SELECT few.run_id AS "runId", count(u.*) FILTER (WHERE NOT u.gone)::int AS users,
      count(u.*) FILTER (WHERE u.gone)::int AS "softDeleted", count(o.*)::int AS online
    FROM ${fewRows(1, { environment_id: "int", run_id: "text" })} AS few
    JOIN test_run_users AS m ON m.environment_id = few.environment_id AND m.run_id = few.run_id
    CROSS JOIN LATERAL (
      SELECT soft_deleted_at IS NOT NULL AS gone FROM users
      WHERE environment_id = m.environment_id AND user_id = m.user_id LIMIT 1
    ) AS u
    LEFT JOIN LATERAL (
      SELECT 1 FROM connections WHERE environment_id = m.environment_id AND user_id = m.user_id LIMIT 1
    ) AS o ON true
    GROUP BY few.run_id`,
};

/** How many users these runs have, by run; one without users is missing. `at`: the pool, or the caller's transaction. */
export async function countMembers(
  at: Database | Run,
  environmentId: EnvironmentId,
  runIds: readonly string[],
): Promise<Map<string, MemberCounts>> {
  if (runIds.length === 0) return new Map();
  const run = typeof at === "function" ? at : onPool(at.pool);
  const rows = await run<MemberCounts>(COUNT, [runIds.map(() => environmentId), runIds]);
  return new Map(rows.map((row) => [row.runId, row]));
}
