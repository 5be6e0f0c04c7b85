import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { searchName } from "../search/fold";
import { saveSearchNames, termsOf } from "../search/search-name-store";
import { joinTestRuns } from "../test-runs/member-store";
import { lockUsers, userKey } from "./locked-users-store";
import { runOf, SeatPool, type Seats } from "./seat-pool";
import type { UserKey } from "./user-store";

/** The hot path of registration: many users of one environment in a few statements. */

export interface Registration {
  readonly userId: string;
  readonly name: string;
  /** null: none was given, a stored one stays. */
  readonly avatarUrl: string | null;
  readonly createdAt: Date;
  /** The test run that it names, in Development; there may be none of this id. */
  readonly testRun?: string;
}

type RegisteredFields = { readonly name?: string; readonly avatarUrl?: string };

/** What became of a registration. */
export type RegistrationResult =
  /** `testRun`: that the new user belongs to. */
  | { readonly outcome: "created"; readonly testRun?: string }
  | { readonly outcome: "soft_deleted" | "quota_reached" }
  /** Was registered before; `before` and `after` have the fields that were changed, none when it was as asked for. */
  | { readonly outcome: "known"; readonly before: RegisteredFields; readonly after: RegisteredFields };

interface RegisteredRow {
  readonly ordinal: number;
  readonly created: boolean;
  readonly name: string;
  readonly avatarUrl: string;
  readonly softDeleted: boolean;
}

const input = `SELECT * FROM ${rowsOf("int", "text", "text", "text", "timestamptz", "text")}
  WITH ORDINALITY AS i(environment_id, user_id, name, avatar_url, created_at, search_name, ordinal)`;

const known = `SELECT i.ordinal, u.* FROM input i CROSS JOIN LATERAL (
    SELECT name, avatar_url, soft_deleted_at IS NOT NULL AS soft_deleted
    FROM users WHERE environment_id = i.environment_id AND user_id = i.user_id LIMIT 1
  ) u`;

/** A row for each id that was known before or is inserted now; none for an id that someone else inserts right now. */
const REGISTER_USERS = {
  name: "users-register",
  text: `WITH input AS MATERIALIZED (${input}), known AS MATERIALIZED (${known}),
    inserted AS (
      INSERT INTO users (environment_id, user_id, name, avatar_url, created_at, search_name)
      SELECT environment_id, user_id, name, coalesce(avatar_url, ''), created_at, search_name
      FROM input WHERE ordinal NOT IN (SELECT ordinal FROM known) ORDER BY ordinal
      ON CONFLICT DO NOTHING
      RETURNING environment_id, user_id, search_name
    ), indexed AS (
      INSERT INTO user_search_terms (environment_id, user_id, whole, term)
      SELECT n.environment_id, n.user_id, terms.whole, terms.term FROM inserted AS n, LATERAL ${termsOf("n.search_name")} AS terms
    )
    SELECT ordinal::int AS ordinal, false AS created, name, avatar_url AS "avatarUrl", soft_deleted AS "softDeleted" FROM known
    UNION ALL
    SELECT i.ordinal::int, true, '', '', false FROM inserted n
    JOIN input i ON i.environment_id = n.environment_id AND i.user_id = n.user_id`,
};

const FIND_REGISTERED = {
  name: "users-find-registered",
  text: `WITH input AS MATERIALIZED (${input}), known AS (${known})
    SELECT ordinal::int AS ordinal, false AS created, name, avatar_url AS "avatarUrl", soft_deleted AS "softDeleted" FROM known`,
};

const UPDATE_REGISTERED = {
  name: "users-update-registered",
  text: `UPDATE users u SET name = i.name, avatar_url = coalesce(i.avatar_url, u.avatar_url)
    FROM ${rowsOf("int", "text", "text", "text")} AS i(environment_id, user_id, name, avatar_url)
    WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL`,
};

const columns = (environmentId: EnvironmentId, items: readonly Registration[]) => [
  items.map(() => environmentId),
  items.map((item) => item.userId),
  items.map((item) => item.name),
  items.map((item) => item.avatarUrl),
];

const columnsWithTime = (environmentId: EnvironmentId, items: readonly Registration[]) => [
  ...columns(environmentId, items),
  items.map((item) => item.createdAt.toISOString()),
  items.map((item) => searchName(item.name)),
];

/** One order for all writers, so that two batches never wait for each other's rows in a circle. */
const byUserId = (a: Registration, b: Registration) => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

const UNCHANGED: RegistrationResult = { outcome: "known", before: {}, after: {} };

/** The fields in which what is asked for differs from what is stored. */
function differences(
  { name, avatarUrl }: Registration,
  stored: { readonly name: string; readonly avatarUrl: string },
): { before: RegisteredFields; after: RegisteredFields } {
  const sameName = name === stored.name;
  const sameAvatar = avatarUrl === null || avatarUrl === stored.avatarUrl;
  return {
    before: { ...(sameName ? {} : { name: stored.name }), ...(sameAvatar ? {} : { avatarUrl: stored.avatarUrl }) },
    after: { ...(sameName ? {} : { name }), ...(sameAvatar ? {} : { avatarUrl }) },
  };
}

const isChanged = ({ after }: { readonly after: RegisteredFields }) => Object.keys(after).length > 0;

/** Brings names and avatars of known users up to date; what is as stored already causes no write. */
async function updateChanged(
  run: Run,
  environmentId: EnvironmentId,
  items: readonly Registration[],
): Promise<Map<Registration, RegistrationResult>> {
  const users = await lockUsers(
    run,
    items.map(({ userId }) => ({ environmentId, userId })),
  );
  const results = new Map<Registration, RegistrationResult>();
  for (const item of items) {
    const user = users.get(userKey(environmentId, item.userId));
    // Soft-deleted since it was read.
    if (user === undefined) results.set(item, { outcome: "soft_deleted" });
    else results.set(item, { outcome: "known", ...differences(item, user) });
  }
  const changed = items.filter((item) => {
    const result = results.get(item);
    return result?.outcome === "known" && isChanged(result);
  });
  if (changed.length > 0) {
    await run(UPDATE_REGISTERED, columns(environmentId, changed));
    await saveSearchNames(run, environmentId, changed);
  }
  return results;
}

/** Inserts those who are new and says what the others are stored as; ids that are being inserted now are missing. */
async function insertNew(
  run: Run,
  environmentId: EnvironmentId,
  sorted: readonly Registration[],
): Promise<Map<Registration, RegistrationResult>> {
  const results = new Map<Registration, RegistrationResult>();
  for (const row of await run<RegisteredRow>(REGISTER_USERS, columnsWithTime(environmentId, sorted))) {
    const item = sorted[row.ordinal - 1];
    if (item === undefined) continue;
    if (row.created) results.set(item, { outcome: "created" });
    else if (row.softDeleted) results.set(item, { outcome: "soft_deleted" });
    else results.set(item, { outcome: "known", ...differences(item, row) });
  }
  return results;
}

const inserting = perDatabase((db) =>
  createBatch<UserKey & Registration, "created" | "unchanged" | "other">({
    maxItems: 100,
    maxInFlight: 6,
    groupOf: ({ environmentId }) => environmentId,
    keysOf: ({ userId }) => [userId],
    async run(items) {
      const sorted = [...items].sort(byUserId);
      const environmentId = sorted[0]?.environmentId;
      if (environmentId === undefined) return [];
      const results = await insertNew(onPool(db.pool), environmentId, sorted);
      return items.map((item) => {
        const result = results.get(item);
        if (result?.outcome === "created") return "created";
        return result?.outcome === "known" && !isChanged(result) ? "unchanged" : "other";
      });
    },
  }),
);

/**
 * Registers a user without a limit in a statement shared with concurrent calls, which is its own transaction. Gives "other"
 * when more than inserting is to be done: the user is known by other values, is soft-deleted, or is being inserted now.
 */
export function insertRegistration(
  db: Database,
  environmentId: EnvironmentId,
  item: Registration,
): Promise<"created" | "unchanged" | "other"> {
  return inserting(db)({ ...item, environmentId });
}

interface RegisterOptions {
  /** False: those who are registered already stay as they are, and the result says what is otherwise. Default true. */
  readonly update?: boolean;
}

/**
 * Registers users without a limit. `items` have distinct ids. An id that another transaction is inserting is waited for
 * and then found as known.
 */
export async function registerAll(
  run: Run,
  environmentId: EnvironmentId,
  items: readonly Registration[],
  { update = true }: RegisterOptions = {},
): Promise<RegistrationResult[]> {
  const results = new Map<Registration, RegistrationResult>();
  const changed: Registration[] = [];
  let open = [...items].sort(byUserId);
  while (open.length > 0) {
    const asked = open;
    for (const [item, result] of await insertNew(run, environmentId, asked)) {
      results.set(item, result);
      if (result.outcome === "known" && isChanged(result)) changed.push(item);
    }
    open = asked.filter((item) => !results.has(item));
  }
  if (update && changed.length > 0) {
    for (const [item, result] of await updateChanged(run, environmentId, changed)) results.set(item, result);
  }
  return items.map((item) => results.get(item) ?? UNCHANGED);
}

/**
 * Registers users while there are seats for them; the earlier ones get them, known users are never refused. New users join the test
 * runs that they name or that their ids begin as. The environment's seats must be locked (`lockSeats`), so that the limit cannot be
 * overshot. `items` have distinct ids.
 */
export async function registerWithin(
  run: Run,
  environmentId: EnvironmentId,
  items: readonly Registration[],
  seats: Seats,
  options: RegisterOptions = {},
): Promise<RegistrationResult[]> {
  const before = await run<RegisteredRow>(FIND_REGISTERED, columnsWithTime(environmentId, items));
  const knownBefore = new Set(before.map((row) => items[row.ordinal - 1]));
  const pool = new SeatPool(seats);
  const runs = new Map(items.map((item) => [item, runOf(seats.runs, item.userId, item.testRun)] as const));
  const admitted = items.filter((item) => knownBefore.has(item) || pool.take(runs.get(item) ?? null));
  const results = await registerAll(run, environmentId, admitted, options);
  const joined = admitted.flatMap((item, index) => {
    const runId = runs.get(item) ?? null;
    return runId !== null && results[index]?.outcome === "created" ? [{ userId: item.userId, runId }] : [];
  });
  await joinTestRuns(run, environmentId, joined);
  const resultOf = new Map(admitted.map((item, index) => [item, results[index]] as const));
  return items.map((item): RegistrationResult => {
    const result = resultOf.get(item) ?? { outcome: "quota_reached" };
    const testRun = runs.get(item) ?? null;
    return result.outcome === "created" && testRun !== null ? { ...result, testRun } : result;
  });
}
