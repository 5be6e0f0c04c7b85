import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { plantRow } from "@/test/support/plant-row";
import { insertBlock, insertFriendship, insertGroup, wrongCounts } from "@/test/support/relations";
import { storedIn } from "@/test/support/stored";
import { occurrences, unknownUserData } from "@/test/support/user-data-guard";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { deleteTestUser } from "../deletion/delete-test-user";
import { createGroup } from "../groups/create-group";
import { fetchInbox } from "../messages/fetch-inbox";
import { sendGroupMessage } from "../messages/send-group-message";
import { sendServerMessage } from "../messages/send-server-message";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { countUserData } from "./count-user-data";
import { erasable, type UserDataCounts, userDataText } from "./schema";
import { type Erasure, USER_COLUMNS, USER_DATA, type UserDataRule } from "./user-data";

const context = testContext();
const pool = () => context().db.pool;

/** Deletes a user in one of the two ways, through the use case. */
const ERASURES: Readonly<Record<Erasure, (environment: EnvironmentRef, userId: string) => Promise<unknown>>> = {
  softDelete: (environment, userId) => softDeleteUsers(context(), appServerOf(environment), { userIds: [userId] }),
  testUser: (environment, userId) =>
    deleteTestUser(context(), operatorOf("owner", environment), { userId, confirmation: userId }),
};

/** An id that occurs nowhere else, so that a trace of it is one of this user's. */
const newUserId = () => `user-${randomUUID()}`;

/** A user whose row has a value of its own in every column, even those that nobody has thought of here. */
async function plantUser({ id: environmentId }: EnvironmentRef, userId: string): Promise<void> {
  await plantRow(pool(), "users", { environment_id: environmentId, user_id: userId });
  const { rows } = await pool().query<{ name: string; type: string }>(
    "SELECT column_name AS name, udt_name AS type FROM information_schema.columns WHERE table_name = 'users'",
  );
  const values: Record<string, unknown> = {
    text: "something",
    int2: 2,
    int4: 7,
    timestamptz: new Date(0),
    jsonb: '{"a":1}',
  };
  for (const { name, type } of rows) {
    if (["environment_id", "user_id", "soft_deleted_at"].includes(name)) continue;
    if (!(type in values)) throw new Error(`Give plantUser() a value of the type ${type} for users.${name}.`);
    await pool().query(`UPDATE users SET "${name}" = $3 WHERE environment_id = $1 AND user_id = $2`, [
      environmentId,
      userId,
      values[type],
    ]);
  }
}

/** One row by this rule that names the user, and the other half of it where rows stand in pairs. */
async function plantBy(rule: UserDataRule, { id }: EnvironmentRef, userId: string): Promise<void> {
  const { rows } = await pool().query<{ type: string }>(
    "SELECT udt_name AS type FROM information_schema.columns WHERE table_name = $1 AND column_name = $2",
    [rule.table, rule.column],
  );
  const named = rows[0]?.type === "jsonb" ? JSON.stringify({ userIds: [userId] }) : userId;
  // What the planted users.search_name leads to.
  const term = rule.table === "user_search_terms" ? { whole: true, term: "something" } : {};
  const row = await plantRow(pool(), rule.table, { environment_id: id, [rule.column]: named, ...term });
  if (rule.mirrorOf === undefined) return;
  await plantRow(pool(), rule.table, {
    environment_id: id,
    [rule.mirrorOf]: userId,
    [rule.column]: row[rule.mirrorOf],
  });
}

async function plantEverywhere(environment: EnvironmentRef, userId: string): Promise<void> {
  await plantUser(environment, userId);
  for (const rule of USER_DATA) await plantBy(rule, environment, userId);
}

describe("the list of what is stored of a user", () => {
  afterEach(async () => {
    await context().owner.query("DROP TABLE IF EXISTS forgotten");
    await context().owner.query("ALTER TABLE user_tags DROP COLUMN IF EXISTS owner_id");
    await context().owner.query("ALTER TABLE users DROP COLUMN IF EXISTS nickname");
  });

  test("knows every table and column of the schema", async () => {
    expect(await unknownUserData(pool())).toEqual([]);
  });

  test("every column with a user's or a group's id compares bytewise, or a join with it could use no index", async () => {
    const { rows } = await pool().query<{ column: string }>(
      `SELECT a.attrelid::regclass || '.' || a.attname AS column
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
          AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
        WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype AND a.attcollation <> '"C"'::regcollation`,
    );
    const columns = new Set(rows.map(({ column }) => column));
    const wrong = USER_DATA.map(({ table, column }) => `${table}.${column}`).filter((column) => columns.has(column));
    // These name other things than users as well, and are compared with nothing but values that are sent.
    expect(wrong.sort()).toEqual(["audit_entries.actor_id", "audit_entries.target_id", "job_items.target_id"]);
  });

  test("is missed as soon as a table or a column is added without it", async () => {
    const before = await unknownUserData(pool());
    await context().owner.query("CREATE TABLE forgotten (environment_id int, user_id text)");
    await context().owner.query("ALTER TABLE user_tags ADD COLUMN owner_id text");
    await context().owner.query("ALTER TABLE users ADD COLUMN nickname text");
    const added = (await unknownUserData(pool())).filter((problem) => !before.includes(problem));
    expect(added).toEqual([
      expect.stringMatching(/^The table forgotten is new: add to USER_DATA/),
      expect.stringMatching(/^The column user_tags\.owner_id may hold a user's id/),
      expect.stringMatching(/^The column users\.nickname is new: add it to USER_COLUMNS/),
    ]);
  });
});

describe.each(["softDelete", "testUser"] as const)("what %s leaves of a user with data in every table", (how) => {
  test("is what the list keeps, and nothing of anybody else is touched", async () => {
    const { development, production } = await createTestApp(context());
    const [victim, bystander] = [newUserId(), newUserId()];
    await plantEverywhere(development.ref, victim);
    await plantEverywhere(development.ref, bystander);
    await plantEverywhere(production.ref, victim);
    const environmentId = development.ref.id;
    const before = await occurrences(pool(), victim, environmentId);
    const tables = new Set(["users", ...USER_DATA.map((rule) => rule.table)]);
    expect(new Set(before.keys()), "every table of the list was planted").toEqual(tables);
    const [bystandersBefore, elsewhere] = [
      await occurrences(pool(), bystander, environmentId),
      await storedIn(context(), production.ref.id),
    ];

    await ERASURES[how](development.ref, victim);

    // The deletion's own audit entries: of the user, and of the planted group that goes with its owner.
    const expected = new Map([["audit_entries", how === "softDelete" ? 1 : 2]]);
    if (how === "softDelete") expected.set("users", 1);
    for (const rule of USER_DATA) {
      if (rule[how] !== "erased") expected.set(rule.table, (expected.get(rule.table) ?? 0) + 1);
    }
    const after = await occurrences(pool(), victim, environmentId);
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(expected));
    expect(await occurrences(pool(), bystander, environmentId)).toEqual(bystandersBefore);
    expect(await storedIn(context(), production.ref.id)).toBe(elsewhere);
  });
});

test("soft delete empties the columns of the user's own row that the list says, and leaves the others", async () => {
  const { development } = await createTestApp(context());
  const userId = newUserId();
  await plantUser(development.ref, userId);
  const read = async () => {
    const { rows } = await pool().query("SELECT * FROM users WHERE user_id = $1", [userId]);
    return rows[0] as Record<string, unknown>;
  };
  const before = await read();
  await ERASURES.softDelete(development.ref, userId);
  const after = await read();
  for (const [column, fate] of Object.entries(USER_COLUMNS)) {
    if ("erased" in fate) {
      const { rows } = await pool().query(
        `SELECT ${column} IS NOT DISTINCT FROM ${fate.erased} AS empty FROM users WHERE user_id = $1`,
        [userId],
      );
      expect([column, rows[0]]).toEqual([column, { empty: true }]);
      expect([column, before[column]]).not.toEqual([column, after[column]]);
    } else if (column !== "soft_deleted_at" && column !== "tokens_valid_from") {
      expect([column, after[column]]).toEqual([column, before[column]]);
    }
  }
});

const PEOPLE = ["ann", "bob", "cat", "dan", "eve", "fay"] as const;
const person = fc.constantFrom(...PEOPLE);
const pair = fc.tuple(person, person).filter(([a, b]) => a !== b);

test.each(["softDelete", "testUser"] as const)(
  "after %s no friendship, request or own block of the user is left, and every count is right",
  async (how) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { maxLength: 12 }),
        fc.array(pair, { maxLength: 8 }),
        fc.array(fc.tuple(person, fc.array(person, { maxLength: 4 })), { maxLength: 3 }),
        fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
        async (friends, blocks, groups, gone) => {
          const { development } = await createTestApp(context());
          const environment = development.ref;
          await insertTestUsers(
            context(),
            environment,
            PEOPLE.map((userId) => ({ userId })),
          );
          for (const [a, b] of friends) await insertFriendship(context(), environment, a, b);
          for (const [a, b] of blocks) await insertBlock(context(), environment, a, b);
          for (const [index, [owner, members]] of groups.entries()) {
            await insertGroup(context(), environment, `group-${index}`, owner, members);
          }
          if (how === "softDelete") {
            await softDeleteUsers(context(), appServerOf(environment), { userIds: gone });
          } else {
            for (const userId of gone) await ERASURES.testUser(environment, userId);
          }
          expect(await wrongCounts(context(), environment)).toEqual([]);
          const where = { environmentId: environment.id };
          const { prisma } = context().db;
          expect(await prisma.friendship.count({ where: { ...where, userId: { in: gone } } })).toBe(0);
          expect(await prisma.friendship.count({ where: { ...where, friendId: { in: gone } } })).toBe(0);
          expect(await prisma.block.count({ where: { ...where, userId: { in: gone } } })).toBe(0);
          const others = blocks.filter(([a, b]) => !gone.includes(a) && gone.includes(b));
          const distinct = new Set(others.map((block) => block.join()));
          const left = await prisma.block.count({ where: { ...where, blockedId: { in: gone } } });
          expect(left).toBe(how === "softDelete" ? distinct.size : 0);
          const owned = await prisma.group.count({ where: { ...where, ownerId: { in: gone } } });
          const owners = groups.filter(([owner]) => gone.includes(owner)).length;
          expect(owned).toBe(how === "softDelete" ? owners : 0);
        },
      ),
      { numRuns: 25 },
    );
  },
);

test("a group whose owner is a deleted test user is dismissed, with its members and what they called it", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  await insertTestUsers(context(), ref, [{ userId: "owner" }, { userId: "member" }]);
  const [own, other] = [newUserId(), newUserId()];
  await insertGroup(context(), ref, own, "owner", ["member"]);
  await insertGroup(context(), ref, other, "member", ["owner"]);
  for (const groupId of [own, other]) {
    await context().db.prisma.groupAlias.create({
      data: { environmentId: ref.id, userId: "member", groupId, alias: "Ours" },
    });
  }
  await ERASURES.testUser(ref, "owner");
  expect(await occurrences(pool(), own, ref.id)).toEqual(new Map([["audit_entries", 1]]));
  expect([...(await occurrences(pool(), other, ref.id)).keys()]).toEqual(["group_aliases", "group_members", "groups"]);
  expect(await wrongCounts(context(), ref)).toEqual([]);
});

test("an inbox goes with all that its user said, wherever it lies; what others said stays theirs", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  const people = ["ann", "bob", "cat"];
  await insertTestUsers(
    context(),
    ref,
    people.map((userId) => ({ userId })),
  );
  const send = (fromUserId: string, toUserIds: string[], content: string, isEchoToSender: 0 | 1) =>
    sendServerMessage(context(), appServerOf(ref), {
      fromUserId,
      toUserIds,
      messageType: "app:text",
      content,
      isEchoToSender,
    });
  await send("nobody", ["ann"], "for ann alone", 0);
  await send("ann", ["bob"], "from ann, with an echo", 1);
  await send("ann", ["bob", "cat"], "from ann, without one", 0);
  await send("bob", ["ann"], "from bob, with an echo", 1);
  await send("nobody", ["ann", "cat"], "for ann and cat", 0);
  await ERASURES.softDelete(ref, "ann");
  const left = await context().db.prisma.message.findMany({
    where: { environmentId: ref.id },
    orderBy: { sequence: "asc" },
  });
  expect(left.map((message) => message.content)).toEqual(["from bob, with an echo", "for ann and cat"]);
  const entries = await context().db.prisma.inboxEntry.findMany({ where: { environmentId: ref.id } });
  // An entry without its message is passed over, and says no more than whose inbox it is in.
  expect(entries.map((entry) => entry.userId).sort()).toEqual(["bob", "bob", "bob", "cat", "cat"]);
  await ERASURES.softDelete(ref, "bob");
  const last = await context().db.prisma.message.findMany({ where: { environmentId: ref.id } });
  expect(last.map((message) => message.content)).toEqual(["for ann and cat"]);
});

describe("what is counted before a user goes is what is gone afterwards", () => {
  const PEOPLE = ["ann", "bob", "cat"];

  async function livedIn(ref: EnvironmentRef) {
    await insertTestUsers(
      context(),
      ref,
      PEOPLE.map((userId) => ({ userId })),
    );
    await insertFriendship(context(), ref, "ann", "bob");
    await insertFriendship(context(), ref, "cat", "ann");
    await insertBlock(context(), ref, "ann", "cat");
    await insertBlock(context(), ref, "bob", "ann");
    await createGroup(context(), appServerOf(ref), { groupId: "team", name: "Team", ownerId: "ann", userIds: PEOPLE });
    const messageType = "app:text";
    const asAnn = appUserOf(ref, "ann");
    await sendGroupMessage(context(), asAnn, {
      groupId: "team",
      messageType,
      content: "to the team",
      clientMessageId: "1",
    });
    await sendGroupMessage(context(), appUserOf(ref, "bob"), { groupId: "team", messageType, content: "from bob" });
    await sendServerMessage(context(), appServerOf(ref), {
      fromUserId: "ann",
      toUserIds: ["bob", "cat"],
      messageType,
      content: "in ann's name",
    });
    await context().db.prisma.userTags.create({ data: { environmentId: ref.id, userId: "ann", tags: ["vip"] } });
  }

  const inboxOf = async (ref: EnvironmentRef, userId: string) =>
    (await fetchInbox(context(), appUserOf(ref, userId), { cursor: 0, limit: 500 })).messages.map(
      ({ content }) => content,
    );

  test.each(["softDelete", "testUser"] as const)("%s", async (how) => {
    const { ref } = (await createTestApp(context())).development;
    await livedIn(ref);
    expect(await inboxOf(ref, "cat")).toEqual(["to the team", "from bob", "in ann's name"]);
    const viewer = operatorOf("viewer", ref);
    const before = await countUserData(context(), viewer, { userId: "ann" });
    const common = { messages: 2, sent: 1, tags: 1, friends: 2, blocked: 1 };
    expect(before).toEqual({ ...common, blockedBy: 1, owned: 1, memberships: 1 });
    const gone = erasable(before, how);
    // A test user's own membership goes with the group.
    const expected = how === "softDelete" ? common : { ...common, blockedBy: 1, owned: 1 };
    expect(gone).toMatchObject(expected);

    await ERASURES[how](ref, "ann");

    const entry = await context().db.prisma.auditEntry.findFirst({
      where: {
        environmentId: ref.id,
        targetId: "ann",
        action: how === "softDelete" ? "user.soft_deleted" : "user.deleted",
      },
    });
    const { removed = {} } = (entry?.after ?? {}) as { removed?: UserDataCounts };
    expect(removed).toMatchObject(expected);
    expect(userDataText(removed)).toMatch(
      /^2 messages, 1 message that the app server sent for the user, 1 list of tags, 2 friends, 1 blocked user/,
    );
    // What the user said is gone from everybody's inbox; what others said stays.
    expect(await inboxOf(ref, "cat")).toEqual(["from bob"]);
    expect(await inboxOf(ref, "bob")).toEqual(["from bob"]);
    expect(erasable(await countUserData(context(), viewer, { userId: "ann" }), how)).toEqual({});
  });
});
