import type { Database, Db } from "@/lib/db/database";
import { onPool, type Run, type Statement } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { USER_DATA, type UserDataRule } from "./user-data";

/** Copies of what is stored of users: how they are made, kept for a week and read. SQL, since a copy has every column of every table. */

export const COPIES_KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/** What is stored of a user, by the list of user-data.ts. */
export interface UserDataCopy {
  readonly userId: string;
  /** The user's own row. */
  readonly user: Readonly<Record<string, unknown>>;
  /** Rows by table and column, without those of which there are none. */
  readonly data: Readonly<Record<string, readonly unknown[]>>;
  /** What is not copied, and why. */
  readonly notCopied: Readonly<Record<string, string>>;
}

const INBOX = `to_jsonb(m) - '{environment_id,slot,client_key}'::text[] || jsonb_build_object('sequence', r.sequence)`;

const rowsOf = ({ table, column, others = [] }: UserDataRule): Statement => ({
  name: `user-data-copy-${table}-${column}`,
  text: `SELECT r.${column} AS "userId", ${table === "inbox_entries" ? INBOX : `to_jsonb(r) - '{${["environment_id", ...others].join(",")}}'::text[]`} AS row
    FROM ${table} AS r${
      table === "inbox_entries"
        ? ` JOIN messages AS m ON m.environment_id = $1::int AND m.sequence = r.message_sequence AND m.slot = r.slot`
        : ""
    }
    WHERE r.environment_id = $1::int AND r.${column} = ANY($2::text[])
    ORDER BY 1${table === "inbox_entries" ? ", r.sequence" : ""}`,
});

const nameOf = ({ table, column }: UserDataRule) => `${table}.${column}`;

const COPIED = USER_DATA.filter(({ copy }) => copy === "rows").map((rule) => ({
  name: nameOf(rule),
  statement: rowsOf(rule),
}));

const OF_AN_OPERATOR = "who did it for the app: an operator's name is not the user's data";

/** @internal For the test that a copy is the list. */
export const NOT_COPIED: Readonly<Record<string, string>> = Object.fromEntries(
  USER_DATA.flatMap(({ others = [], ...rule }) => [
    ...(rule.copy === "rows" ? [] : [[nameOf(rule), rule.copy.notCopied]]),
    ...others.map((column) => [`${rule.table}.${column}`, OF_AN_OPERATOR]),
  ]),
);

const USERS: Statement = {
  name: "user-data-copy-users",
  text: `SELECT r.user_id AS "userId", to_jsonb(r) - 'environment_id' AS row FROM users AS r
    WHERE r.environment_id = $1::int AND r.user_id = ANY($2::text[]) ORDER BY 1`,
};

interface CopiedRow {
  readonly userId: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** What is stored of these users, all as of one transaction; unknown ones are left out. */
export async function readUserData(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<UserDataCopy[]> {
  const data = new Map<string, Record<string, unknown[]>>();
  const users = await run<CopiedRow>(USERS, [environmentId, userIds]);
  for (const { userId } of users) data.set(userId, {});
  for (const { name, statement } of COPIED) {
    for (const { userId, row } of await run<CopiedRow>(statement, [environmentId, userIds])) {
      const mine = data.get(userId);
      if (mine === undefined) continue;
      mine[name] ??= [];
      mine[name].push(row);
    }
  }
  return users.map(({ userId, row }) => ({ userId, user: row, data: data.get(userId) ?? {}, notCopied: NOT_COPIED }));
}

const INSERT: Statement = {
  name: "user-data-copies-insert",
  text: `INSERT INTO user_data_copies (environment_id, job_id, user_id, content, created_at)
    SELECT $1::int, $2::text, i.user_id, i.content, $5::timestamptz
    FROM unnest((SELECT $3::text[]), (SELECT $4::text[])) AS i(user_id, content)
    ON CONFLICT (environment_id, job_id, user_id) DO UPDATE SET content = excluded.content, created_at = excluded.created_at`,
};

export async function insertCopies(
  run: Run,
  environmentId: EnvironmentId,
  jobId: string,
  copies: readonly UserDataCopy[],
  at: Date,
): Promise<void> {
  if (copies.length === 0) return;
  await run(INSERT, [
    environmentId,
    jobId,
    copies.map(({ userId }) => userId),
    copies.map((copy) => JSON.stringify(copy)),
    at.toISOString(),
  ]);
}

const NEXT: Statement = {
  name: "user-data-copies-next",
  text: `SELECT user_id AS "userId", content FROM user_data_copies
    WHERE environment_id = $1::int AND job_id = $2::text AND user_id > $3::text ORDER BY user_id LIMIT 1`,
};

/** The copies of a job one by one in the order of the ids, each as JSON text; null after the last. */
export async function nextCopy(
  db: Database,
  environmentId: EnvironmentId,
  jobId: string,
  after: string,
): Promise<{ userId: string; content: string } | null> {
  const [copy] = await onPool(db.pool)<{ userId: string; content: string }>(NEXT, [environmentId, jobId, after]);
  return copy ?? null;
}

export function countCopies(db: Db, environmentId: EnvironmentId, jobId: string): Promise<number> {
  return db.userDataCopy.count({ where: { environmentId, jobId } });
}

/** Deletes up to `limit` copies that are older than a week; gives how many. */
export async function deleteOldCopies(db: Db, now: Date, limit: number): Promise<number> {
  const old = new Date(now.getTime() - COPIES_KEPT_DAYS * DAY_MS);
  return db.$executeRaw`
    DELETE FROM user_data_copies AS c USING (
      SELECT environment_id, job_id, user_id FROM user_data_copies WHERE created_at < ${old} ORDER BY created_at LIMIT ${limit}
    ) AS gone
    WHERE c.environment_id = gone.environment_id AND c.job_id = gone.job_id AND c.user_id = gone.user_id`;
}
