import { expect, test } from "vitest";
import { createGroup } from "@/lib/core/groups/create-group";
import { fetchInbox } from "@/lib/core/messages/fetch-inbox";
import { findBetween, findBodies } from "@/lib/core/messages/inbox-store";
import { sendDirectMessage } from "@/lib/core/messages/send-direct-message";
import { sendGroupMessage } from "@/lib/core/messages/send-group-message";
import { sendServerMessage } from "@/lib/core/messages/send-server-message";
import { type Database, openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";

/**
 * A new installation's first messages are stored and read with plans made while the tables were empty, and those plans are
 * kept. So none of them may read a table from end to end: PostgreSQL's own counts say whether one has.
 */

const context = testContext();
const TABLES = "'messages', 'inbox_entries', 'message_orders', 'users', 'blocks', 'friendships', 'group_members'";

test("messages are stored, recognised as repetitions and read by indexes alone, with plans from empty tables", async () => {
  const { production } = await createTestApp(context());
  const { ref } = production;
  const people = ["ann", "bob", "cat"];
  // Connections of this test alone, so that every plan is one that was made here.
  const db = openDatabase({ url: context().url, poolSize: 1 });
  const at = { ...context(), db };
  try {
    const ann = appUserOf(ref, "ann");
    await insertTestUsers(
      at,
      ref,
      people.map((userId) => ({ userId })),
    );
    await createGroup(at, appServerOf(ref), { groupId: "team", name: "Team", ownerId: "ann", userIds: people });
    // As autovacuum does with a slot that was emptied: from then on PostgreSQL believes that it is empty.
    await context().owner.query("ANALYZE messages, inbox_entries");
    const counted = await scans();
    for (let number = 0; number < 30; number += 1) {
      const body = { messageType: "APP:T", content: "x", clientMessageId: `c-${Math.floor(number / 2)}` };
      await sendDirectMessage(at, ann, { ...body, toUserId: "bob" });
      await sendGroupMessage(at, ann, { ...body, groupId: "team" });
      await sendServerMessage(at, appServerOf(ref), {
        ...body,
        fromUserId: "app",
        toUserIds: people,
        verifyBlocklist: 1,
      });
      const { messages } = await fetchInbox(at, appUserOf(ref, "bob"), { cursor: 0 });
      const sequence = messages.at(-1)?.sequence ?? 0;
      await findBetween(db, ref.id, people, 1, sequence);
      await findBodies(db, ref.id, [sequence]);
    }
    await tellCounts(db);
    expect(await scans()).toEqual(counted);
  } finally {
    await db.close();
  }
});

test("the guard itself sees a scan", async () => {
  const before = await scans();
  const db = openDatabase({ url: context().url, poolSize: 1 });
  try {
    await db.pool.query("SELECT count(*) FROM messages WHERE content = 'x'");
    await tellCounts(db);
    expect((await scans()).messages).toBe((before.messages ?? 0) + 3);
  } finally {
    await db.close();
  }
});

/** A connection tells the others what it has counted once a second, or when it is asked to. */
async function tellCounts(db: Database): Promise<void> {
  await db.pool.query("SELECT pg_stat_force_next_flush()");
  await db.pool.query("SELECT 1");
}

/** How often each table, or its slots together, was read from end to end so far. */
async function scans(): Promise<Record<string, number>> {
  const { rows } = await context().db.pool.query<{ name: string; scans: number }>(
    `SELECT regexp_replace(relname, '_slot_\\d$', '') AS name, sum(seq_scan)::int AS scans FROM pg_stat_user_tables
     WHERE regexp_replace(relname, '_slot_\\d$', '') IN (${TABLES}) GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, scans: count }) => [name, count]));
}
