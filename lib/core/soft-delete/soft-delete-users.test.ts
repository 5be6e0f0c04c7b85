import { describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { openDatabase } from "@/lib/db/database";
import { transactionOn } from "@/lib/db/transaction";
import { admit } from "@/test/support/admission";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { insertBlock, insertFriendship, insertGroup, wrongCounts } from "@/test/support/relations";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import { banUsers } from "../bans/ban-users";
import { setGroupAlias } from "../groups/group-alias";
import { getQuotaUse } from "../quota/get-quota";
import { registerUser } from "../users/register-user";
import { updateUser } from "../users/update-user";
import { listSoftDeletedUsers } from "./list-soft-deleted-users";
import { restoreUsers } from "./restore-users";
import { softDeleteUsers } from "./soft-delete-users";

const context = testContext();
/** Nothing answers there, and nothing is sent in these tests. */
const WEBHOOK = "https://example.com/hook";

const named = (...ids: string[]) => ids.map((userId) => ({ userId }));
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

async function setUp(...ids: string[]) {
  const app = await createTestApp(context());
  const { ref } = app.production;
  await insertTestUsers(context(), ref, named(...ids));
  return { ...app, ref, server: appServerOf(ref) };
}

const stored = (environment: EnvironmentRef, userId: string) =>
  context().db.prisma.user.findUniqueOrThrow({
    where: { environmentId_userId: { environmentId: environment.id, userId } },
  });

describe("softDeleteUsers", () => {
  test("takes effect at once, tells which ids it was, and leaves other environments alone", async () => {
    const { ref, server, development } = await setUp("alice", "bob");
    await insertTestUsers(context(), development.ref, named("alice"));
    const heard: BusEvent[] = [];
    const stop = context().bus.subscribe((event) => {
      if (event.type === "users.soft_deleted" && event.environmentId === ref.id) heard.push(event);
    });
    const outcome = await softDeleteUsers(context(), server, { userIds: ["bob", "nobody", "alice", "bob"] });
    expect(outcome).toEqual({
      operationId: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/),
      deleted: ["bob", "alice"],
      already: [],
      unknown: ["nobody"],
    });
    expect(await stored(ref, "alice")).toMatchObject({ name: "", softDeletedAt: expect.any(Date) });
    expect((await stored(development.ref, "alice")).softDeletedAt).toBeNull();
    await expect(registerUser(context(), server, { userId: "alice", name: "Alice" })).rejects.toMatchObject({
      code: "user_soft_deleted",
    });
    await expect
      .poll(() => heard)
      .toEqual([{ type: "users.soft_deleted", environmentId: ref.id, userIds: ["bob", "alice"] }]);
    stop();
  });

  test("a user who is soft-deleted already keeps the time of the first deletion", async () => {
    const { ref, server } = await setUp("alice");
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    const first = (await stored(ref, "alice")).softDeletedAt;
    context().advance(60_000);
    const again = await softDeleteUsers(context(), server, { userIds: ["alice"] });
    expect(again).toMatchObject({ deleted: [], already: ["alice"] });
    expect((await stored(ref, "alice")).softDeletedAt).toEqual(first);
  });

  test("the webhook is told of each id, unknown ones with a code, in the transaction of the deletion", async () => {
    const { ref, server } = await setUp("alice", "bob");
    await insertTestWebhook(context(), ref, WEBHOOK, ["user:activation_state"]);
    const { operationId } = await softDeleteUsers(context(), server, { userIds: ["alice", "nobody", "bob"] });
    const event = (userId: string, code: string) => ({
      type: "user:activation_state",
      orderKey: userId,
      data: { userId, operateId: operationId, operationType: 0, code, time: expect.any(Number) },
    });
    expect(await storedEvents(context(), ref)).toMatchObject([
      event("alice", "0"),
      event("nobody", "400"),
      event("bob", "0"),
    ]);
    const again = await softDeleteUsers(context(), server, { userIds: ["bob"] });
    const last = (await storedEvents(context(), ref)).at(-1);
    expect(last?.data).toMatchObject({ userId: "bob", operateId: again.operationId, code: "0" });
  });

  test("leaves an audit entry for each, which does not repeat the erased name", async () => {
    const { ref, server } = await setUp("alice");
    const { operationId } = await softDeleteUsers(context(), server, { userIds: ["alice", "nobody"] });
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    const { rows } = await listAuditEntries(context(), operatorOf("viewer", ref), {});
    expect(rows).toMatchObject([
      {
        action: "user.soft_deleted",
        actor: { kind: "app_server", name: "App server" },
        target: { kind: "user", id: "alice", name: "" },
        before: null,
        after: { operationId },
      },
    ]);
  });

  test("operators and app users are refused, whatever the role; the installation itself may", async () => {
    const { ref } = await setUp("alice");
    const user = { ...appServerOf(ref), kind: "app_user", source: "client", userId: "alice" } as const;
    for (const actor of [operatorOf("owner", ref), operatorOf("viewer", ref), user]) {
      await expect(softDeleteUsers(context(), actor, { userIds: ["alice"] })).rejects.toMatchObject({
        code: "server_api_only",
      });
    }
    expect((await stored(ref, "alice")).softDeletedAt).toBeNull();
    expect(await softDeleteUsers(context(), systemOf(ref), { userIds: ["alice"] })).toMatchObject({
      deleted: ["alice"],
    });
  });

  test("calls that share a transaction are told apart: answer, audit entry and what is erased of whom", async () => {
    const { ref, server } = await setUp("ann", "bob", "cat", "zoe");
    await insertFriendship(context(), ref, "ann", "bob");
    await insertFriendship(context(), ref, "ann", "zoe");
    const calls = [["ann", "nobody"], ["zoe", "bob"], ["cat"], ["ann"]].map((userIds) =>
      softDeleteUsers(context(), server, { userIds }),
    );
    const [first, second, third, again] = await Promise.all(calls);
    expect(first).toMatchObject({ deleted: ["ann"], already: [], unknown: ["nobody"] });
    expect(second).toMatchObject({ deleted: ["zoe", "bob"], already: [], unknown: [] });
    expect(third).toMatchObject({ deleted: ["cat"] });
    // Names a user of the first call, and so came after it.
    expect(again).toMatchObject({ deleted: [], already: ["ann"] });
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: ref.id, action: "user.soft_deleted" },
    });
    const byUser = Object.fromEntries(
      entries.map(({ targetId, after }) => [targetId, (after as { operationId: string }).operationId]),
    );
    expect(byUser).toEqual({
      ann: first?.operationId,
      zoe: second?.operationId,
      bob: second?.operationId,
      cat: third?.operationId,
    });
    expect(await context().db.prisma.friendship.count({ where: { environmentId: ref.id } })).toBe(0);
  });

  test("a soft-deleted id holds no seat", async () => {
    const { development } = await createTestApp(context());
    await insertTestUsers(context(), development.ref, named(...many("u", 100)));
    await softDeleteUsers(context(), appServerOf(development.ref), { userIds: ["u-1", "u-2"] });
    expect(await getQuotaUse(context(), operatorOf("viewer", development.ref))).toMatchObject({ used: 98 });
  });

  test("the list has the latest deletion first and as many to a page as asked", async () => {
    const { server } = await setUp("a", "b", "c");
    for (const userId of ["b", "a", "c"]) {
      await softDeleteUsers(context(), server, { userIds: [userId] });
      context().advance(1_000);
    }
    expect(await listSoftDeletedUsers(context(), server, {})).toEqual(["c", "a", "b"]);
    expect(await listSoftDeletedUsers(context(), server, { page: 2, pageSize: 2 })).toEqual(["b"]);
    expect(await listSoftDeletedUsers(context(), server, { page: 3, pageSize: 2 })).toEqual([]);
  });
});

describe("whoever locks a user first wins, and nothing of a deleted user remains", () => {
  /** Runs against the same database through a pool of its own, as another process would. */
  async function withOtherProcess(work: (elsewhere: ReturnType<typeof context>) => Promise<void>) {
    const db = openDatabase({ url: context().url, poolSize: 10 });
    try {
      await work({ ...context(), db });
    } finally {
      await db.close();
    }
  }

  const lockWaits = async () => {
    const { rows } = await context().db.pool.query<{ waiting: number }>(
      "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return rows[0]?.waiting;
  };

  test("somebody who becomes a friend between the look and the lock loses the friend as well, and nobody waits in a ring", async () => {
    const { ref, server } = await setUp("ann", "zoe");
    let deletion: Promise<unknown> | undefined;
    let another: Promise<unknown> | undefined;
    await transactionOn(context().db.pool, async (run) => {
      const values = [ref.id];
      const lock = "SELECT FROM users WHERE environment_id = $1 ORDER BY user_id FOR NO KEY UPDATE";
      await run({ name: "", text: lock }, values);
      await run(
        {
          name: "",
          text: `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
            VALUES ($1, 'ann', 'zoe', now()), ($1, 'zoe', 'ann', now())`,
        },
        values,
      );
      await run({ name: "", text: "UPDATE users SET friend_count = 1 WHERE environment_id = $1" }, values);
      // Has looked, seen no friends, and waits for the lock of zoe alone.
      deletion = softDeleteUsers(context(), server, { userIds: ["zoe"] });
      await expect.poll(lockWaits).toBe(1);
      // Will get ann's lock before the deletion knows of ann, and then want zoe's.
      another = insertFriendship(context(), ref, "zoe", "ann");
      await expect.poll(lockWaits).toBe(2);
    });
    expect(await deletion).toMatchObject({ deleted: ["zoe"] });
    expect(await another).toBe(false);
    expect(await context().db.prisma.friendship.count({ where: { environmentId: ref.id } })).toBe(0);
    expect(await stored(ref, "ann")).toMatchObject({ friendCount: 0 });
  });

  test("friends and blocks added meanwhile, in two processes and all directions", async () => {
    const people = many("p", 24);
    const { ref, server } = await setUp(...people);
    const gone = people.filter((_, index) => index % 3 === 0);
    await withOtherProcess(async (elsewhere) => {
      const adds = Array.from({ length: 150 }, (_, n) => {
        const [a, b] = [people[(n * 7) % 24] ?? "", people[(n * 11 + 5) % 24] ?? ""];
        const where = n % 2 === 0 ? context() : elsewhere;
        if (a === b) return Promise.resolve(false);
        return n % 5 === 0 ? insertBlock(where, ref, a, b) : insertFriendship(where, ref, a, b);
      });
      const deletions = [0, 1, 2, 3].map((part) =>
        softDeleteUsers(part % 2 === 0 ? context() : elsewhere, server, {
          userIds: gone.filter((_, index) => index % 4 === part).reverse(),
        }),
      );
      const added = await Promise.all(adds);
      const deleted = (await Promise.all(deletions)).flatMap((outcome) => outcome.deleted);
      expect(deleted.sort()).toEqual([...gone].sort());
      expect(added).toContain(true);
    });
    const { prisma } = context().db;
    const environmentId = ref.id;
    expect(await prisma.friendship.count({ where: { environmentId, userId: { in: gone } } })).toBe(0);
    expect(await prisma.friendship.count({ where: { environmentId, friendId: { in: gone } } })).toBe(0);
    expect(await prisma.block.count({ where: { environmentId, userId: { in: gone } } })).toBe(0);
    expect(await wrongCounts(context(), ref)).toEqual([]);
    for (const userId of gone) expect(await insertFriendship(context(), ref, userId, "p-1")).toBe(false);
  });

  test("a ban either stands with its history or was never made", async () => {
    const people = many("p", 40);
    const { ref, server } = await setUp(...people);
    const bans = people.map((userId) => banUsers(context(), server, { userIds: [userId], durationMinutes: 60 }));
    const deletions = [0, 1].map((part) =>
      softDeleteUsers(context(), server, { userIds: people.filter((_, index) => index % 2 === part) }),
    );
    const banned = (await Promise.all(bans)).flatMap((outcome) => outcome.banned);
    await Promise.all(deletions);
    const users = await context().db.prisma.user.findMany({ where: { environmentId: ref.id } });
    const history = await context().db.prisma.ban.findMany({ where: { environmentId: ref.id } });
    expect(history.map((ban) => ban.userId).sort()).toEqual(banned.sort());
    const withEnd = users.filter((user) => user.bannedUntil !== null).map((user) => user.userId);
    expect(withEnd.sort()).toEqual(banned);
    expect(users.every((user) => user.softDeletedAt !== null)).toBe(true);
  });

  test("a registration or a new name that comes too late writes nothing, and its token stays dead", async () => {
    const people = many("p", 30);
    const { ref, server } = await setUp(...people);
    const registrations = Promise.allSettled(
      people.map((userId) => registerUser(context(), server, { userId, name: `Late ${userId}` })),
    );
    const renames = Promise.allSettled(
      people.map((userId) => updateUser(context(), server, { userId, name: `Renamed ${userId}` })),
    );
    await softDeleteUsers(context(), server, { userIds: people });
    const issued = await registrations;
    await renames;
    const users = await context().db.prisma.user.findMany({ where: { environmentId: ref.id } });
    expect(users.map((user) => user.name)).toEqual(people.map(() => ""));

    context().advance(3_600_000);
    await restoreUsers(context(), server, { userIds: people });
    for (const result of issued) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "user_soft_deleted" });
      else
        await expect(admit(context(), ref, result.value.accessToken)).rejects.toMatchObject({ code: "token_expired" });
    }
  });

  test("nobody can give a soft-deleted member an alias for a group", async () => {
    const { ref, server } = await setUp("ann", "bob");
    await insertGroup(context(), ref, "team", "ann", ["bob"]);
    const set = () => setGroupAlias(context(), server, { groupId: "team", userId: "bob", alias: "Ours" });
    await set();
    await softDeleteUsers(context(), server, { userIds: ["bob"] });
    await expect(set()).rejects.toMatchObject({ code: "user_not_found" });
    expect(await context().db.prisma.groupAlias.count({ where: { environmentId: ref.id } })).toBe(0);
  });

  test("a group's owner keeps the group", async () => {
    const { ref, server } = await setUp("ann", "bob");
    await insertGroup(context(), ref, "team", "ann", ["bob"]);
    await softDeleteUsers(context(), server, { userIds: ["ann"] });
    const group = await context().db.prisma.group.findFirst({
      where: { environmentId: ref.id },
      include: { members: true },
    });
    expect(group).toMatchObject({ ownerId: "ann", memberCount: 2, members: [{ userId: "ann" }, { userId: "bob" }] });
  });
});
