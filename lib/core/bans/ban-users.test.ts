import { describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { inDeadlock } from "@/test/support/deadlock";
import { registerUser } from "../users/register-user";
import { clearEndedBans } from "./ban-store";
import { banUsers } from "./ban-users";
import { listBannedUsers } from "./list-banned-users";
import { unbanUsers } from "./unban-users";

const context = testContext();

async function environmentWith(...userIds: string[]): Promise<TestEnvironment> {
  const { production } = await createTestApp(context());
  await Promise.all(
    userIds.map((userId) =>
      registerUser(context(), appServerOf(production.ref), { userId, name: `Name of ${userId}` }),
    ),
  );
  return production;
}

const historyOf = (environmentId: number, userId: string) =>
  context().db.prisma.ban.findMany({ where: { environmentId, userId }, orderBy: { id: "asc" } });

const userOf = (environmentId: number, userId: string) =>
  context().db.prisma.user.findUniqueOrThrow({ where: { environmentId_userId: { environmentId, userId } } });

describe("banUsers", () => {
  test("sets the end, writes history and audit, publishes, and skips unknown ids", async () => {
    const { ref } = await environmentWith("bob", "eve");
    const heard = new Promise<BusEvent>((resolve) => {
      const stop = context().bus.subscribe((event) => {
        if (event.type !== "users.banned" || event.environmentId !== ref.id) return;
        stop();
        resolve(event);
      });
    });
    const result = await banUsers(context(), appServerOf(ref), {
      userIds: ["nobody", "eve", "bob", "eve"],
      durationMinutes: 30,
    });
    expect(result).toMatchObject({ banned: ["eve", "bob"], unknown: ["nobody"] });
    expect((await userOf(ref.id, "bob")).bannedUntil).toEqual(result.until);
    expect(await historyOf(ref.id, "bob")).toMatchObject([
      { minutes: 30, endsAt: result.until, bannedByKind: "app_server", replaced: false },
    ]);
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: ref.id } });
    expect(entries.map((entry) => entry.targetId).sort()).toEqual(["bob", "eve"]);
    expect(entries[0]).toMatchObject({
      action: "user.banned",
      before: { bannedUntil: null },
      after: { bannedUntil: result.until.toISOString(), minutes: 30, reason: "" },
      source: "server_api",
      result: "ok",
    });
    expect(await heard).toMatchObject({ userIds: expect.arrayContaining(["bob", "eve"]) });
  });

  test("a second ban takes the first one's place and may be shorter", async () => {
    const { ref } = await environmentWith("bob");
    await banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes: 600 });
    const second = await banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes: 5 });
    const history = await historyOf(ref.id, "bob");
    expect(history.map((ban) => [ban.minutes, ban.replaced])).toEqual([
      [600, true],
      [5, false],
    ]);
    expect(history[0]?.endsAt.getTime()).toBeLessThanOrEqual(second.until.getTime() - 5 * 60_000);
    expect(await listBannedUsers(context(), appServerOf(ref), {})).toEqual([{ userId: "bob", endsAt: second.until }]);
  });

  test("racing bans of the same users leave one running ban each, on two pools", async () => {
    const ids = ["a", "b", "c", "d"];
    const { ref } = await environmentWith(...ids);
    const other = openDatabase({ url: context().url, poolSize: 4 });
    try {
      const elsewhere = { ...context(), db: other };
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          banUsers(index % 2 === 0 ? context() : elsewhere, appServerOf(ref), {
            userIds: index % 3 === 0 ? ids : [...ids].reverse(),
            durationMinutes: 100 + index,
          }),
        ),
      );
    } finally {
      await other.close();
    }
    for (const id of ids) {
      const running = (await historyOf(ref.id, id)).filter((ban) => !ban.replaced);
      expect(running).toHaveLength(1);
      expect((await userOf(ref.id, id)).bannedUntil).toEqual(running[0]?.endsAt);
    }
  });

  test("outlives a deadlock, and bans nobody twice for it", async () => {
    const { ref } = await environmentWith("ann", "bob", "eve");
    await banUsers(context(), appServerOf(ref), { userIds: ["bob", "eve"], durationMinutes: 60 });
    const ban = () => banUsers(context(), appServerOf(ref), { userIds: ["ann", "bob", "eve"], durationMinutes: 30 });
    const { banned } = await inDeadlock(context(), ref, { held: "eve", wanted: "bob" }, ban);
    expect(banned).toEqual(["ann", "bob", "eve"]);
    expect(await historyOf(ref.id, "ann")).toMatchObject([{ minutes: 30, replaced: false }]);
    expect(await historyOf(ref.id, "eve")).toMatchObject([
      { minutes: 60, replaced: true },
      { minutes: 30, replaced: false },
    ]);
  });

  test("a replaced ban never ends before it starts, whatever the clocks say", async () => {
    const { ref } = await environmentWith("bob");
    const ahead = { ...context(), now: () => Date.now() + 3_600_000 };
    await banUsers(ahead, appServerOf(ref), { userIds: ["bob"], durationMinutes: 600 });
    await banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes: 30 });
    await banUsers(ahead, appServerOf(ref), { userIds: ["bob"], durationMinutes: 600 });
    await unbanUsers(context(), appServerOf(ref), { userIds: ["bob"] });
    const history = await historyOf(ref.id, "bob");
    expect(history).toHaveLength(3);
    for (const ban of history) expect(ban.endsAt.getTime()).toBeGreaterThanOrEqual(ban.startsAt.getTime());
  });

  test("a ban that the database refuses takes no other with it, and nobody is banned twice", async () => {
    const { ref } = await environmentWith("free", "running", "refused");
    await banUsers(context(), appServerOf(ref), { userIds: ["running"], durationMinutes: 600 });
    const { owner } = context();
    await owner.query(`CREATE FUNCTION refuse_ban() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF new.reason = 'refuse me' THEN RAISE EXCEPTION 'refused' USING ERRCODE = '23514'; END IF; RETURN new; END $$`);
    await owner.query("CREATE TRIGGER refuse BEFORE INSERT ON bans FOR EACH ROW EXECUTE FUNCTION refuse_ban()");
    try {
      const ban = (userId: string, reason: string) =>
        banUsers(context(), appServerOf(ref), { userIds: [userId], durationMinutes: 30, reason });
      const results = await Promise.allSettled([ban("free", ""), ban("refused", "refuse me"), ban("running", "")]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    } finally {
      await owner.query("DROP FUNCTION refuse_ban CASCADE");
    }
    expect(await historyOf(ref.id, "free")).toMatchObject([{ minutes: 30 }]);
    expect(await historyOf(ref.id, "refused")).toEqual([]);
    expect((await userOf(ref.id, "refused")).bannedUntil).toBeNull();
    expect((await historyOf(ref.id, "running")).map(({ minutes }) => minutes)).toEqual([600, 30]);
  });

  test("an operator in production must give a reason, and needs the role", async () => {
    const { ref } = await environmentWith("bob");
    const input = { userIds: ["bob"], durationMinutes: 5 };
    await expect(banUsers(context(), operatorOf("support", ref), input)).rejects.toMatchObject({ field: "reason" });
    await expect(banUsers(context(), operatorOf("viewer", ref), { ...input, reason: "spam" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await banUsers(context(), operatorOf("support", ref), { ...input, reason: "spam" });
    expect(await historyOf(ref.id, "bob")).toMatchObject([{ reason: "spam", bannedByName: "Test support" }]);
  });

  test("bans nobody in another environment", async () => {
    const mine = await environmentWith("bob");
    const others = await environmentWith("bob");
    await banUsers(context(), appServerOf(mine.ref), { userIds: ["bob"], durationMinutes: 5 });
    expect((await userOf(others.ref.id, "bob")).bannedUntil).toBeNull();
  });

  test.each([0, 43_201, 1.5, Number.NaN])("a duration of %s minutes is refused", async (durationMinutes) => {
    const { ref } = await environmentWith("bob");
    await expect(banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes })).rejects.toThrow();
  });
});

describe("unbanUsers", () => {
  test("ends the ban now, says by whom, and skips who is not banned", async () => {
    const { ref } = await environmentWith("bob", "eve");
    await banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes: 60 });
    const result = await unbanUsers(context(), operatorOf("support", ref), { userIds: ["eve", "bob", "nobody"] });
    expect(result).toEqual({ unbanned: ["bob"] });
    expect((await userOf(ref.id, "bob")).bannedUntil).toBeNull();
    const [ban] = await historyOf(ref.id, "bob");
    expect(ban).toMatchObject({ liftedByName: "Test support", replaced: false });
    expect(ban?.endsAt).toEqual(ban?.liftedAt);
    expect(await listBannedUsers(context(), appServerOf(ref), {})).toEqual([]);
    const actions = await context().db.prisma.auditEntry.findMany({ where: { environmentId: ref.id } });
    expect(actions.map((entry) => entry.action)).toEqual(["user.banned", "user.unbanned"]);
  });

  test("outlives a deadlock with somebody who locks users in another order", async () => {
    const { ref } = await environmentWith("ann", "bob");
    const userIds = ["ann", "bob"];
    await banUsers(context(), appServerOf(ref), { userIds, durationMinutes: 60 });
    const unban = () => unbanUsers(context(), appServerOf(ref), { userIds });
    const { unbanned } = await inDeadlock(context(), ref, { held: "bob", wanted: "ann" }, unban);
    expect(unbanned).toEqual(userIds);
    expect(await historyOf(ref.id, "ann")).toMatchObject([{ liftedByKind: "app_server" }]);
  });
});

describe("listBannedUsers", () => {
  test("latest end first, ties by id, in pages", async () => {
    const { ref } = await environmentWith("a", "b", "c");
    await banUsers(context(), appServerOf(ref), { userIds: ["c"], durationMinutes: 1 });
    await banUsers(context(), appServerOf(ref), { userIds: ["b", "a"], durationMinutes: 10 });
    const ids = async (input: { page?: number; pageSize?: number }) =>
      (await listBannedUsers(context(), appServerOf(ref), input)).map((ban) => ban.userId);
    expect(await ids({})).toEqual(["a", "b", "c"]);
    expect(await ids({ page: 1, pageSize: 2 })).toEqual(["a", "b"]);
    expect(await ids({ page: 2, pageSize: 2 })).toEqual(["c"]);
    expect(await ids({ page: 3, pageSize: 2 })).toEqual([]);
  });

  test("a ban that has passed is over, and the sweeper clears the user", async () => {
    const { ref } = await environmentWith("bob");
    await banUsers(context(), appServerOf(ref), { userIds: ["bob"], durationMinutes: 1 });
    context().advance(61_000);
    expect(await listBannedUsers(context(), appServerOf(ref), {})).toEqual([]);
    await clearEndedBans(context().db.prisma, new Date(context().now()), 100);
    expect((await userOf(ref.id, "bob")).bannedUntil).toBeNull();
    expect(await historyOf(ref.id, "bob")).toHaveLength(1);
  });
});
