import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { parseAccessToken } from "../tokens/access-token";
import { getUser } from "./get-user";
import { registerUser } from "./register-user";

const context = testContext();

const softDelete = (environmentId: number, userId: string) =>
  context().db.prisma.user.update({
    where: { environmentId_userId: { environmentId, userId } },
    data: { softDeletedAt: new Date() },
  });

describe("registerUser", () => {
  test("registers a new user, and tells a known one from it", async () => {
    const { production } = await createTestApp(context());
    const actor = appServerOf(production.ref);
    const first = await registerUser(context(), actor, { userId: "alice", name: "Alice", avatarUrl: "https://a/1" });
    const again = await registerUser(context(), actor, { userId: "alice", name: "Alice B." });
    expect([first.created, again.created]).toEqual([true, false]);
    expect(again.accessToken).not.toBe(first.accessToken);
    expect(parseAccessToken(first.accessToken)?.claims).toMatchObject({
      environmentId: production.ref.id,
      userId: "alice",
    });
    // the omitted avatar stays, the name is the new one
    expect(await getUser(context(), actor, { userId: "alice" })).toMatchObject({
      name: "Alice B.",
      avatarUrl: "https://a/1",
    });
    await registerUser(context(), actor, { userId: "alice", name: "Alice B.", avatarUrl: "" });
    expect(await getUser(context(), actor, { userId: "alice" })).toMatchObject({ avatarUrl: "" });
  });

  test("registering a known user with the same name and avatar writes nothing", async () => {
    const { production } = await createTestApp(context());
    const actor = appServerOf(production.ref);
    const version = () =>
      context().db.prisma
        .$queryRaw`SELECT xmin::text, ctid::text FROM users WHERE environment_id = ${production.ref.id}`;
    await registerUser(context(), actor, { userId: "same", name: "Same", avatarUrl: "https://a/1" });
    const before = await version();
    await registerUser(context(), actor, { userId: "same", name: "Same" });
    await registerUser(context(), actor, { userId: "same", name: "Same", avatarUrl: "https://a/1" });
    expect(await version()).toEqual(before);
  });

  test("what a registration changes of a known user is audited with what was there before, from any door", async () => {
    const { production } = await createTestApp(context());
    const register = (name: string, avatarUrl?: string) =>
      registerUser(context(), appServerOf(production.ref), { userId: "ann", name, ...(avatarUrl && { avatarUrl }) });
    await register("Ann", "https://example.com/1.png");
    await register("Ann");
    await register("Anna", "https://example.com/1.png");
    await register("Anna", "https://example.com/2.png");
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: production.ref.id, targetId: "ann" },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "user.updated", before: { name: "Ann" }, after: { name: "Anna" } },
      {
        action: "user.updated",
        before: { avatarUrl: "https://example.com/1.png" },
        after: { avatarUrl: "https://example.com/2.png" },
      },
    ]);
  });

  test("the same id in both environments is two users", async () => {
    const { development, production } = await createTestApp(context());
    await registerUser(context(), appServerOf(development.ref), { userId: "twin", name: "Dev" });
    await registerUser(context(), appServerOf(production.ref), { userId: "twin", name: "Prod" });
    expect(await getUser(context(), appServerOf(development.ref), { userId: "twin" })).toMatchObject({ name: "Dev" });
    expect(await getUser(context(), appServerOf(production.ref), { userId: "twin" })).toMatchObject({ name: "Prod" });
  });

  test("a soft-deleted user gets no token, in either environment", async () => {
    const { development, production } = await createTestApp(context());
    for (const { ref } of [development, production]) {
      await registerUser(context(), appServerOf(ref), { userId: "gone", name: "Gone" });
      await softDelete(ref.id, "gone");
      await expect(registerUser(context(), appServerOf(ref), { userId: "gone", name: "Back" })).rejects.toMatchObject({
        code: "user_soft_deleted",
      });
    }
  });

  test("concurrent registrations of one id make one user, and one of them made it", async () => {
    const { production } = await createTestApp(context());
    const other = openDatabase({ url: context().url, poolSize: 4 });
    try {
      const elsewhere = { ...context(), db: other };
      const calls = Array.from({ length: 60 }, (_, index) =>
        registerUser(index % 2 === 0 ? context() : elsewhere, appServerOf(production.ref), {
          userId: `race-${index % 5}`,
          name: `Name ${index}`,
        }),
      );
      const results = await Promise.all(calls);
      expect(results.filter((result) => result.created)).toHaveLength(5);
      expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(5);
    } finally {
      await other.close();
    }
  });

  test("Development holds exactly 100 users however many registrations race, through two processes' pools", async () => {
    const { development } = await createTestApp(context());
    const actor = appServerOf(development.ref);
    for (let index = 0; index < 40; index += 1) {
      await registerUser(context(), actor, { userId: `first-${index}`, name: "First" });
    }
    const other = openDatabase({ url: context().url, poolSize: 10 });
    try {
      const elsewhere = { ...context(), db: other };
      const results = await Promise.allSettled(
        Array.from({ length: 300 }, (_, index) =>
          registerUser(index % 2 === 0 ? context() : elsewhere, actor, { userId: `more-${index}`, name: "More" }),
        ),
      );
      const refused = results.filter((result) => result.status === "rejected").map((result) => result.reason.code);
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(60);
      expect(refused).toEqual(Array.from({ length: 240 }, () => "user_quota_reached"));
      expect(await context().db.prisma.user.count({ where: { environmentId: development.ref.id } })).toBe(100);
    } finally {
      await other.close();
    }
    // a known user always gets a token; soft deletion frees a seat
    expect((await registerUser(context(), actor, { userId: "first-1", name: "First" })).created).toBe(false);
    await softDelete(development.ref.id, "first-2");
    expect((await registerUser(context(), actor, { userId: "late", name: "Late" })).created).toBe(true);
    await expect(registerUser(context(), actor, { userId: "later", name: "Later" })).rejects.toMatchObject({
      code: "user_quota_reached",
    });
  });

  test.each([
    ["a space", "a b"],
    ["a slash", "a/b"],
    ["a line break at the end", "ab\n"],
    ["letters outside ASCII", "zoë"],
    ["nothing", ""],
  ])("a user id with %s is refused", async (_what, userId) => {
    const { production } = await createTestApp(context());
    await expect(registerUser(context(), appServerOf(production.ref), { userId, name: "X" })).rejects.toThrow();
  });
});
