import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database, Db } from "@/lib/db/database";
import { inPrisma, onPool, type Run, rowsOf, transactionOn } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { recordQuotaThresholds } from "../webhooks/quota-threshold";
import { lockSeats } from "./seat-store";
import type { UserKey } from "./user-store";

/** The hot path of registration. */

export interface Registration extends UserKey {
  readonly name: string;
  /** null: none was given, a stored one stays. */
  readonly avatarUrl: string | null;
  readonly createdAt: Date;
}

export type RegistrationOutcome = "created" | "known" | "soft_deleted" | "quota_reached";

interface RegisteredRow {
  readonly ordinal: number;
  readonly created: boolean;
  readonly name: string;
  readonly avatarUrl: string;
  readonly softDeleted: boolean;
}

const input = `SELECT * FROM ${rowsOf("int", "text", "text", "text", "timestamptz")}
  WITH ORDINALITY AS i(environment_id, user_id, name, avatar_url, created_at, ordinal)`;

const known = `SELECT i.ordinal, u.* FROM input i CROSS JOIN LATERAL (
    SELECT name, avatar_url, soft_deleted_at IS NOT NULL AS soft_deleted
    FROM users WHERE environment_id = i.environment_id AND user_id = i.user_id LIMIT 1
  ) u`;

/** A row for each id that was known before or is inserted now; none for an id that someone else inserts right now. */
const REGISTER_USERS = {
  name: "users-register",
  text: `WITH input AS MATERIALIZED (${input}), known AS MATERIALIZED (${known}),
    inserted AS (
      INSERT INTO users (environment_id, user_id, name, avatar_url, created_at)
      SELECT environment_id, user_id, name, coalesce(avatar_url, ''), created_at
      FROM input WHERE ordinal NOT IN (SELECT ordinal FROM known) ORDER BY ordinal
      ON CONFLICT DO NOTHING
      RETURNING environment_id, user_id
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

const columns = (items: readonly Registration[]) => [
  items.map((item) => item.environmentId),
  items.map((item) => item.userId),
  items.map((item) => item.name),
  items.map((item) => item.avatarUrl),
];

const columnsWithTime = (items: readonly Registration[]) => [
  ...columns(items),
  items.map((item) => item.createdAt.toISOString()),
];

function groupByEnvironment<Item extends UserKey>(items: readonly Item[]): Map<EnvironmentId, Item[]> {
  const groups = new Map<EnvironmentId, Item[]>();
  for (const item of items) {
    const group = groups.get(item.environmentId);
    if (group === undefined) groups.set(item.environmentId, [item]);
    else group.push(item);
  }
  return groups;
}

/** One order for all writers, so that two batches never wait for each other's rows in a circle. */
const byKey = (a: UserKey, b: UserKey) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/** Brings names and avatars of known users up to date; what is as stored already causes no write. */
async function updateChanged(run: Run, items: readonly Registration[], rows: readonly RegisteredRow[]): Promise<void> {
  const changed = rows.flatMap((row) => {
    const item = items[row.ordinal - 1];
    if (item === undefined || row.created || row.softDeleted) return [];
    const same = row.name === item.name && (item.avatarUrl === null || item.avatarUrl === row.avatarUrl);
    return same ? [] : [item];
  });
  if (changed.length > 0) await run(UPDATE_REGISTERED, columns(changed));
}

const outcomeOf = (row: RegisteredRow): RegistrationOutcome =>
  row.created ? "created" : row.softDeleted ? "soft_deleted" : "known";

/**
 * Registers users without a limit. `items` have distinct keys. An id that another transaction is inserting is waited
 * for and then found as known.
 */
async function registerAll(run: Run, items: readonly Registration[]): Promise<RegistrationOutcome[]> {
  const outcomes = new Map<Registration, RegistrationOutcome>();
  let open = [...items].sort(byKey);
  while (open.length > 0) {
    const asked = open;
    const rows = await run<RegisteredRow>(REGISTER_USERS, columnsWithTime(asked));
    for (const row of rows) {
      const item = asked[row.ordinal - 1];
      if (item !== undefined) outcomes.set(item, outcomeOf(row));
    }
    await updateChanged(run, asked, rows);
    open = asked.filter((item) => !outcomes.has(item));
  }
  return items.map((item) => outcomes.get(item) ?? "known");
}

/**
 * Registers users of one environment while it has fewer than `limit` (soft-deleted ones do not count). Must run in a
 * transaction, as `lockSeats` says, so that the limit cannot be overshot. Known users are never refused. `items`
 * have distinct keys; the earlier ones get the seats.
 */
async function registerWithin(
  run: Run,
  environmentId: EnvironmentId,
  items: readonly Registration[],
  limit: number,
): Promise<RegistrationOutcome[]> {
  const taken = await lockSeats(run, environmentId);
  let seats = Math.max(0, limit - taken);
  const before = await run<RegisteredRow>(FIND_REGISTERED, columnsWithTime(items));
  const knownBefore = new Set(before.map((row) => items[row.ordinal - 1]));
  const admitted = items.filter((item) => {
    if (knownBefore.has(item)) return true;
    seats -= 1;
    return seats >= 0;
  });
  const outcomes = await registerAll(run, admitted);
  const created = outcomes.filter((outcome) => outcome === "created").length;
  const now = Math.max(...items.map((item) => item.createdAt.getTime()));
  await recordQuotaThresholds(run, environmentId, now, { before: taken, after: taken + created });
  const outcomeByItem = new Map(admitted.map((item, index) => [item, outcomes[index]] as const));
  return items.map((item) => outcomeByItem.get(item) ?? "quota_reached");
}

/** Registers one user inside a transaction. `limit` null: any number of users. */
export async function registerUserIn(
  tx: Db,
  item: Registration,
  limit: number | null,
): Promise<RegistrationOutcome | undefined> {
  const run = inPrisma(tx);
  const outcomes =
    limit === null ? await registerAll(run, [item]) : await registerWithin(run, item.environmentId, [item], limit);
  return outcomes[0];
}

const keysOf = (item: Registration) => [`${item.environmentId}/${item.userId}`];

const registering = perDatabase((db) =>
  createBatch<Registration, RegistrationOutcome>({
    maxItems: 100,
    maxInFlight: 6,
    keysOf,
    run: (items) => registerAll(onPool(db.pool), items),
  }),
);

interface LimitedRegistration extends Registration {
  readonly limit: number;
}

const registeringWithin = perDatabase((db) =>
  createBatch<LimitedRegistration, RegistrationOutcome>({
    maxItems: 100,
    maxInFlight: 2,
    keysOf,
    async run(items) {
      const outcomes = new Map<Registration, RegistrationOutcome | Error>();
      for (const [environmentId, group] of groupByEnvironment(items)) {
        const limit = Math.min(...group.map((item) => item.limit));
        try {
          const results = await transactionOn(db.pool, (run) => registerWithin(run, environmentId, group, limit));
          for (const [index, item] of group.entries()) outcomes.set(item, results[index] ?? "known");
        } catch (error) {
          // One environment's failure is not another's; alone, it goes to the batch's own handling.
          if (group.length === items.length) throw error;
          for (const item of group) outcomes.set(item, error instanceof Error ? error : new Error(String(error)));
        }
      }
      return items.map((item) => outcomes.get(item) ?? "known");
    },
  }),
);

/**
 * Registers a user, or finds the one there is and brings its name and avatar up to date, in a statement shared with
 * concurrent calls. `limit` null: any number of users.
 */
export function registerUserNow(db: Database, item: Registration, limit: number | null): Promise<RegistrationOutcome> {
  return limit === null ? registering(db)(item) : registeringWithin(db)({ ...item, limit });
}
