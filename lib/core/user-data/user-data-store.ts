import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Statement } from "@/lib/db/statement";
import { StaleTransaction } from "@/lib/db/transaction";
import type { EnvironmentId } from "../actor";
import { ERASE_TERMS } from "../search/search-name-store";
import type { UserDataCounts } from "./schema";
import { type Erasure, USER_DATA, type UserDataRule, type UserDataWord } from "./user-data";

interface Named {
  readonly userId: string;
}

/** Of a statement that erases: how many rows of which user are gone. Those of which nothing is told count nothing. */
interface Gone extends Named {
  readonly n: number;
}

/** `$1` is the environment, `$2` the users' ids, in every statement below. */
const ofUsers = (table: string, column: string) =>
  `${table}.environment_id = $1::int AND ${table}.${column} = ANY($2::text[])`;

const lockUsers = (how: Erasure, strength: string): Statement => ({
  name: `user-data-lock-users-${how}`,
  text: `SELECT user_id AS "userId" FROM users WHERE ${ofUsers("users", "user_id")} ORDER BY user_id ${strength}`,
});

/** The row of a test user goes, so also those who only need it to be there (joining a group) must have come to an end. */
const LOCK_USERS: Readonly<Record<Erasure, Statement>> = {
  softDelete: lockUsers("softDelete", "FOR NO KEY UPDATE"),
  testUser: lockUsers("testUser", "FOR UPDATE"),
};

const LOCK_GROUPS: Statement = {
  name: "user-data-lock-groups",
  text: `SELECT group_id AS "groupId" FROM groups WHERE environment_id = $1::int AND (owner_id = ANY($2::text[])
      OR group_id IN (SELECT group_id FROM group_members WHERE ${ofUsers("group_members", "user_id")}))
    ORDER BY group_id FOR UPDATE`,
};

/**
 * No name: what joins the rows of a user with others' is planned each time, by how many there are. The plan that would be kept reads all of an
 * environment's.
 */
const PLANNED_ANEW = "";

// What users have said themselves goes wherever it lies: an inbox passes over an entry whose message is gone. Of what others said, a
// direct message to one user is in the inboxes of sender and recipient, if at all, under its own number; those to several users
// and to groups are never one user's alone.
const ERASE_INBOX: Statement = {
  name: PLANNED_ANEW,
  text: `WITH gone AS (
      DELETE FROM inbox_entries WHERE ${ofUsers("inbox_entries", "user_id")} RETURNING user_id, message_sequence, slot
    ), bodies AS (
      DELETE FROM messages AS m USING gone
      WHERE m.environment_id = $1::int AND m.sequence = gone.message_sequence AND m.slot = gone.slot
        AND (m.sender_id = ANY($2::text[]) OR (m.kind = 1 AND m.target_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM inbox_entries AS o WHERE o.environment_id = $1::int AND o.user_id IN (m.sender_id, m.target_id)
            AND o.user_id <> ALL($2::text[]) AND o.sequence = m.sequence AND o.slot = m.slot
        )))
    )
    SELECT user_id AS "userId", count(*)::int AS n FROM gone GROUP BY user_id`,
};

// Those that clients sent are in their sender's inbox, and so gone already.
const ERASE_SENT: Statement = {
  name: "user-data-erase-sent",
  text: `WITH gone AS (
      DELETE FROM messages WHERE ${ofUsers("messages", "sender_id")} AND client_key IS NULL RETURNING sender_id
    )
    SELECT sender_id AS "userId", count(*)::int AS n FROM gone GROUP BY sender_id`,
};

/** Where more is to be done than to delete the rows of a rule: by table and column. */
const OWN_WAYS: Readonly<Record<string, Statement>> = {
  "inbox_entries.user_id": ERASE_INBOX,
  "messages.sender_id": ERASE_SENT,
  // No index leads to them by the user alone.
  "user_search_terms.user_id": ERASE_TERMS,
};

const erasedBy = (how: Erasure) => USER_DATA.filter((rule) => rule[how] === "erased");

/** Selects the users who count a rule's rows. */
function countersOf({ table, column, counted, mirrorOf }: UserDataRule): Statement | null {
  if (counted?.table !== "users") return null;
  const [named, found] = mirrorOf === undefined ? [column, counted.by] : [mirrorOf, column];
  return {
    name: `user-data-counters-${table}-${column}`,
    text: `SELECT DISTINCT ${found} AS "userId" FROM ${table} WHERE ${ofUsers(table, named)}`,
  };
}

/** Deletes a rule's rows, and corrects what counts them; gives how many of whom are gone. */
function eraseRows(rule: UserDataRule): Statement {
  const { table, column, counted, mirrorOf, takesAlong } = rule;
  const own = OWN_WAYS[`${table}.${column}`];
  if (own !== undefined) return own;
  const told = `SELECT gone.${column} AS "userId", count(*)::int AS n FROM gone GROUP BY gone.${column}`;
  const rows =
    mirrorOf === undefined
      ? `DELETE FROM ${table} AS gone WHERE ${ofUsers("gone", column)}`
      : `DELETE FROM ${table} AS gone USING ${table} AS own
         WHERE ${ofUsers("own", mirrorOf)}
           AND gone.environment_id = $1::int AND gone.${mirrorOf} = own.${column} AND gone.${column} = own.${mirrorOf}`;
  const name = `user-data-erase-${table}-${column}`;
  if (counted !== undefined) {
    const key = counted.table === "users" ? "user_id" : "group_id";
    return {
      name: PLANNED_ANEW,
      text: `WITH gone AS (${rows} RETURNING gone.${counted.by} AS counter, gone.${column}), sums AS (
          UPDATE ${counted.table} AS c SET ${counted.field} = c.${counted.field} - sums.n
          FROM (SELECT counter, count(*)::int AS n FROM gone GROUP BY counter) AS sums
          WHERE c.environment_id = $1::int AND c.${key} = sums.counter
        )
        ${told}`,
    };
  }
  if (takesAlong !== undefined) {
    const along = takesAlong.tables.map(
      (other) => `${other}_gone AS (DELETE FROM ${other} AS o USING gone
        WHERE o.environment_id = $1::int AND o.${takesAlong.by} = gone.${takesAlong.by})`,
    );
    return {
      name: PLANNED_ANEW,
      text: `WITH gone AS (${rows} RETURNING gone.${takesAlong.by}, gone.${column}), ${along.join(", ")} ${told}`,
    };
  }
  return { name, text: `WITH gone AS (${rows} RETURNING gone.${column}) ${told}` };
}

const prepare = (how: Erasure) => ({
  counters: erasedBy(how).flatMap((rule) => countersOf(rule) ?? []),
  erase: erasedBy(how).map((rule) => ({ statement: eraseRows(rule), words: rule.words })),
});

const STATEMENTS: Readonly<Record<Erasure, ReturnType<typeof prepare>>> = {
  softDelete: prepare("softDelete"),
  testUser: prepare("testUser"),
};

/**
 * Locks users before their data are erased, and with them everybody whose counts will sink, in the one order in which
 * users are locked everywhere (by id), so that nobody waits in a ring. From then on nobody can add anything about these
 * users: whoever writes about a user locks the user first and looks whether it is still there.
 *
 * The others are known only by looking. When somebody became a friend between the look and the lock it throws
 * `StaleTransaction`: the transaction is to begin anew (`retrying`) and to take its locks in the right order. For test
 * users their groups are locked as well, after the users.
 */
export async function lockForErasure(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  how: Erasure,
): Promise<void> {
  const known = new Set([...userIds, ...(await countersNow(run, environmentId, userIds, how))]);
  await run(LOCK_USERS[how], [environmentId, [...known]]);
  const counters = await countersNow(run, environmentId, userIds, how);
  if (!counters.every((userId) => known.has(userId))) throw new StaleTransaction("Friends were added meanwhile.");
  if (how === "testUser") await run(LOCK_GROUPS, [environmentId, userIds]);
}

async function countersNow(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  how: Erasure,
): Promise<string[]> {
  const found = await Promise.all(
    STATEMENTS[how].counters.map((statement) => run<Named>(statement, [environmentId, userIds])),
  );
  return found.flat().map(({ userId }) => userId);
}

/**
 * Erases what user-data.ts says of these users, their own rows in `users` excepted, and gives how much of what was erased of whom.
 * They must be locked by `lockForErasure` in the same transaction.
 */
export async function eraseUserData(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  how: Erasure,
): Promise<ReadonlyMap<string, UserDataCounts>> {
  const erased = new Map<string, UserDataCounts>();
  if (userIds.length === 0) return erased;
  const { erase } = STATEMENTS[how];
  // In one exchange; PostgreSQL carries them out in this order.
  const gone = await Promise.all(erase.map(({ statement }) => run<Gone>(statement, [environmentId, userIds])));
  for (const [index, { words }] of erase.entries()) {
    if (words === undefined) continue;
    for (const { userId, n } of gone[index] ?? []) erased.set(userId, { ...erased.get(userId), [words]: n });
  }
  return erased;
}

/** Erases inboxes, and what their users have said in them wherever it lies. */
export async function eraseInboxes(run: Run, environmentId: EnvironmentId, userIds: readonly string[]): Promise<void> {
  if (userIds.length > 0) await run(ERASE_INBOX, [environmentId, userIds]);
}

// What is in the sender's inbox counts there.
const COUNTED_OWN_WAY: Readonly<Record<string, string>> = {
  "messages.sender_id": `client_key IS NULL AND NOT EXISTS (
    SELECT FROM inbox_entries o WHERE o.environment_id = r.environment_id AND o.user_id = r.sender_id AND o.sequence = r.sequence
  )`,
};

const COUNT: Statement = {
  name: "user-data-count",
  text: USER_DATA.filter(({ words }) => words !== undefined)
    .map(({ table, column, words }) => {
      const further = COUNTED_OWN_WAY[`${table}.${column}`];
      return `SELECT '${words}' AS word, count(*)::int AS n FROM ${table} AS r
        WHERE r.environment_id = $1::int AND r.${column} = $2::text${further === undefined ? "" : ` AND ${further}`}`;
    })
    .join(" UNION ALL "),
};

/** How much is stored of a user, by the words of user-data.ts. */
export async function countUserData(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
): Promise<UserDataCounts> {
  const rows = await onPool(db.pool)<{ word: UserDataWord; n: number }>(COUNT, [environmentId, userId]);
  return Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ word, n }) => [word, n]));
}
