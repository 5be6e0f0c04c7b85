import { describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { openDatabase } from "@/lib/db/database";
import { admit } from "@/test/support/admission";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertGroup } from "@/test/support/relations";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import { banUsers } from "../bans/ban-users";
import { getUser } from "../users/get-user";
import { registerUser } from "../users/register-user";
import { restoreUsers } from "./restore-users";
import { softDeleteUsers } from "./soft-delete-users";

const context = testContext();
/** Nothing answers there, and nothing is sent in these tests. */
const WEBHOOK = "https://example.com/hook";

const HOUR_MS = 3_600_000;
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

async function setUp(environment: "development" | "production" = "production") {
  const app = await createTestApp(context());
  const { ref } = app[environment];
  return { ref, server: appServerOf(ref), admin: operatorOf("admin", ref) };
}

/** Users who were soft-deleted long ago. */
const insertDeleted = (environment: EnvironmentRef, ids: readonly string[]) =>
  insertTestUsers(
    context(),
    environment,
    ids.map((userId) => ({ userId, name: "", softDeletedAt: context().now() - 2 * HOUR_MS })),
  );

const seatsTaken = (environment: EnvironmentRef) =>
  context().db.prisma.user.count({ where: { environmentId: environment.id, softDeletedAt: null } });

describe("restoreUsers", () => {
  test("is refused within the hour and possible from its end on; the others go on", async () => {
    const { ref, server } = await setUp();
    await insertTestWebhook(context(), ref, WEBHOOK, ["user:activation_state"]);
    await insertTestUsers(context(), ref, [{ userId: "alice" }, { userId: "bob" }]);
    await insertDeleted(ref, ["old"]);
    const deletedAt = context().now();
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    context().advance(HOUR_MS - 60_000);
    const early = await restoreUsers(context(), server, { userIds: ["alice", "nobody", "old", "bob"] });
    expect(early).toEqual({
      operationId: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/),
      restored: [{ userId: "old", groups: 0, bannedUntil: null }],
      refused: [
        { userId: "alice", code: "user_restore_too_early", possibleFrom: expect.any(Date) },
        { userId: "nobody", code: "user_not_found", possibleFrom: null },
        { userId: "bob", code: "user_not_soft_deleted", possibleFrom: null },
      ],
    });
    const from = early.refused[0]?.possibleFrom?.getTime() ?? 0;
    expect(Math.abs(from - deletedAt - HOUR_MS)).toBeLessThan(5_000);
    const events = (await storedEvents(context(), ref)).slice(1);
    expect(events.map(({ orderKey, data }) => [orderKey, data])).toEqual(
      [
        ["alice", "1002"],
        ["nobody", "400"],
        ["old", "0"],
        ["bob", "1002"],
      ].map(([userId, code]) => [
        userId,
        { userId, operateId: early.operationId, operationType: 1, code, time: expect.any(Number) },
      ]),
    );

    context().advance(60_000);
    expect(await restoreUsers(context(), server, { userIds: ["alice"] })).toMatchObject({
      restored: [{ userId: "alice" }],
      refused: [],
    });
  });

  test("gives back an empty user, who gets a name and a working token by registering; older tokens stay dead", async () => {
    const { ref, server } = await setUp();
    const { accessToken: before } = await registerUser(context(), server, { userId: "alice", name: "Alice" });
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    context().advance(HOUR_MS);
    await restoreUsers(context(), server, { userIds: ["alice"] });
    expect(await getUser(context(), server, { userId: "alice" })).toMatchObject({ name: "", avatarUrl: "" });
    const { accessToken: after, created } = await registerUser(context(), server, {
      userId: "alice",
      name: "Alice B.",
    });
    expect(created).toBe(false);
    expect(await getUser(context(), server, { userId: "alice" })).toMatchObject({ name: "Alice B." });
    await expect(admit(context(), ref, before)).rejects.toMatchObject({ code: "token_expired" });
    expect(await admit(context(), ref, after)).toMatchObject({ admission: { userId: "alice" } });
  });

  test("says which memberships apply again and which ban runs on", async () => {
    const { ref, server, admin } = await setUp();
    await insertTestUsers(context(), ref, [{ userId: "alice" }, { userId: "bob" }]);
    await insertGroup(context(), ref, "one", "bob", ["alice"]);
    await insertGroup(context(), ref, "two", "alice");
    await banUsers(context(), server, { userIds: ["alice"], durationMinutes: 600 });
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    context().advance(HOUR_MS);
    const { restored } = await restoreUsers(context(), admin, { userIds: ["alice"] });
    expect(restored).toEqual([{ userId: "alice", groups: 2, bannedUntil: expect.any(Date) }]);
  });

  test("needs the role, leaves an audit entry for whom it restored, and tells the bus", async () => {
    const { ref, admin } = await setUp();
    await insertDeleted(ref, ["alice"]);
    for (const role of ["support", "viewer"] as const) {
      await expect(restoreUsers(context(), operatorOf(role, ref), { userIds: ["alice"] })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const heard: BusEvent[] = [];
    const stop = context().bus.subscribe((event) => {
      if (event.type === "users.restored" && event.environmentId === ref.id) heard.push(event);
    });
    const { operationId } = await restoreUsers(context(), admin, { userIds: ["nobody", "alice"] });
    await restoreUsers(context(), admin, { userIds: ["alice"] });
    await expect.poll(() => heard).toEqual([{ type: "users.restored", environmentId: ref.id, userIds: ["alice"] }]);
    stop();
    const { rows } = await listAuditEntries(context(), operatorOf("viewer", ref), {});
    expect(rows).toMatchObject([
      {
        action: "user.restored",
        actor: { kind: "operator", name: "Test admin" },
        target: { id: "alice" },
        before: { softDeletedAt: expect.any(String) },
        after: { operationId },
      },
    ]);
  });

  test("knows nothing of another environment's soft-deleted users", async () => {
    const { ref, server } = await setUp();
    const other = await setUp();
    await insertDeleted(other.ref, ["alice"]);
    expect((await restoreUsers(context(), server, { userIds: ["alice"] })).refused).toMatchObject([
      { userId: "alice", code: "user_not_found" },
    ]);
    expect(await seatsTaken(other.ref)).toBe(0);
    expect(await seatsTaken(ref)).toBe(0);
  });

  test("takes from 1 to 100 ids", async () => {
    const { server } = await setUp();
    for (const userIds of [[], many("u", 101)]) {
      await expect(restoreUsers(context(), server, { userIds })).rejects.toThrow("Must have from 1 to 100 entries.");
    }
  });
});

describe("the seats of Development", () => {
  test("calls that arrive together get no seat more than there are, and each is told its own", async () => {
    const { ref, server } = await setUp("development");
    await insertTestUsers(
      context(),
      ref,
      many("u", 95).map((userId) => ({ userId })),
    );
    await insertDeleted(ref, many("old", 12));
    const calls = Array.from({ length: 6 }, (_, n) => [`old-${2 * n}`, `old-${2 * n + 1}`]);
    const ends = await Promise.all(calls.map((userIds) => restoreUsers(context(), server, { userIds })));
    expect(ends.flatMap(({ restored }) => restored)).toHaveLength(5);
    for (const [index, { restored, refused }] of ends.entries()) {
      const told = [...restored.map(({ userId }) => userId), ...refused.map(({ userId }) => userId)];
      expect(told.sort()).toEqual(calls[index]);
      for (const { code } of refused) expect(code).toBe("user_quota_reached");
    }
    expect(await seatsTaken(ref)).toBe(100);
  });

  test("the earlier ids of a call get the free seats, the others are told that there is none", async () => {
    const { ref, server } = await setUp("development");
    await insertTestWebhook(context(), ref, WEBHOOK, ["user:activation_state"]);
    await insertTestUsers(
      context(),
      ref,
      many("u", 98).map((userId) => ({ userId })),
    );
    await insertDeleted(ref, many("old", 4));
    const { restored, refused } = await restoreUsers(context(), server, {
      userIds: ["old-3", "nobody", "old-1", "old-0", "old-2"],
    });
    expect(restored.map((user) => user.userId)).toEqual(["old-3", "old-1"]);
    expect(refused).toMatchObject([
      { userId: "nobody", code: "user_not_found" },
      { userId: "old-0", code: "user_quota_reached" },
      { userId: "old-2", code: "user_quota_reached" },
    ]);
    expect(await seatsTaken(ref)).toBe(100);
    const codes = (await storedEvents(context(), ref)).map(({ orderKey, data }) => [
      orderKey,
      (data as { code: string }).code,
    ]);
    expect(codes).toEqual([
      ["old-3", "0"],
      ["nobody", "400"],
      ["old-1", "0"],
      ["old-0", "2007"],
      ["old-2", "2007"],
    ]);
  });

  test("restored and registered users who race for the last seats never take more than there are", async () => {
    const { ref, server, admin } = await setUp("development");
    await insertTestUsers(
      context(),
      ref,
      many("u", 95).map((userId) => ({ userId })),
    );
    await insertDeleted(ref, many("old", 12));
    const db = openDatabase({ url: context().url, poolSize: 10 });
    try {
      const elsewhere = { ...context(), db };
      const restores = many("old", 12).map((userId, n) =>
        restoreUsers(n % 2 === 0 ? context() : elsewhere, n % 3 === 0 ? admin : server, { userIds: [userId] }),
      );
      const registrations = Promise.allSettled(
        many("new", 12).map((userId, n) =>
          registerUser(n % 2 === 0 ? context() : elsewhere, server, { userId, name: "New" }),
        ),
      );
      const freed = softDeleteUsers(elsewhere, server, { userIds: ["u-1", "u-2"] });
      const restored = (await Promise.all(restores)).flatMap((outcome) => outcome.restored);
      const registered = (await registrations).filter((result) => result.status === "fulfilled");
      await freed;
      const taken = await seatsTaken(ref);
      expect(taken).toBe(93 + restored.length + registered.length);
      expect(taken).toBeLessThanOrEqual(100);
      expect(restored.length + registered.length).toBeGreaterThanOrEqual(5);
    } finally {
      await db.close();
    }
  });

  test("restoring may reach a threshold of the quota, which the webhook is told once", async () => {
    const { ref, server } = await setUp("development");
    await insertTestWebhook(context(), ref, WEBHOOK, ["quota:threshold"]);
    await insertTestUsers(
      context(),
      ref,
      many("u", 93).map((userId) => ({ userId })),
    );
    await insertDeleted(ref, many("old", 4));
    for (const userIds of [["old-0"], ["old-1", "old-2"], ["old-3"]]) {
      await restoreUsers(context(), server, { userIds });
    }
    expect((await storedEvents(context(), ref)).map((event) => event.data)).toMatchObject([
      { threshold: 95, registeredUsers: 96 },
    ]);
  });

  test("one user restored by two calls at the same time is restored once", async () => {
    const { ref, server } = await setUp("development");
    await insertDeleted(ref, ["alice"]);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => restoreUsers(context(), server, { userIds: ["alice"] })),
    );
    expect(outcomes.flatMap((outcome) => outcome.restored)).toHaveLength(1);
    expect(await seatsTaken(ref)).toBe(1);
  });

  test("production has no limit", async () => {
    const { ref, server } = await setUp();
    await insertTestUsers(
      context(),
      ref,
      many("u", 100).map((userId) => ({ userId })),
    );
    await insertDeleted(ref, ["alice"]);
    expect((await restoreUsers(context(), server, { userIds: ["alice"] })).refused).toEqual([]);
  });
});
