import { expect, test } from "vitest";
import { inPrisma, runWrites } from "@/lib/db/statement";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { auditWrites } from "../audit/audit-store";
import { createGroup } from "../groups/create-group";
import { findUserElsewhere } from "./find-user-elsewhere";
import { getUserDetail } from "./get-user-detail";

const context = testContext();
const HOUR_MS = 3_600_000;

test("a user's page shows the running ban with who and why, and how much there is to look at", async () => {
  const { development } = await createTestApp(context());
  const viewer = operatorOf("viewer", development.ref);
  const now = context().now();
  await insertTestUsers(context(), development.ref, [{ userId: "bob", bannedUntil: now + HOUR_MS }, { userId: "eve" }]);
  const ban = {
    environmentId: development.ref.id,
    userId: "bob",
    minutes: 120,
    bannedByKind: "operator",
    bannedById: "op-1",
    bannedByName: "Ana",
  } as const;
  await context().db.prisma.ban.createMany({
    data: [
      {
        ...ban,
        startsAt: new Date(now - 5 * HOUR_MS),
        endsAt: new Date(now - HOUR_MS),
        reason: "before",
        replaced: true,
      },
      { ...ban, startsAt: new Date(now - HOUR_MS), endsAt: new Date(now + HOUR_MS), reason: "spam" },
    ],
  });
  for (const groupId of ["a", "b"]) {
    await createGroup(context(), appServerOf(development.ref), { groupId, name: groupId, ownerId: "bob" });
  }
  const record = (id: string) =>
    ({ actor: viewer, at: now, record: { action: "user.banned", target: { kind: "user", id } } }) as const;
  await runWrites(inPrisma(context().db.prisma), auditWrites([record("bob"), record("eve")]));
  expect(await getUserDetail(context(), viewer, { userId: "bob" })).toMatchObject({
    userId: "bob",
    status: "banned",
    bannedUntil: new Date(now + HOUR_MS),
    currentBan: { reason: "spam", by: { name: "Ana" }, state: "running" },
    groups: { count: 2, capped: false },
    bans: { count: 2, capped: false },
    activity: { count: 1, capped: false },
    tokensValidFrom: null,
  });
  context().advance(2 * HOUR_MS);
  expect(await getUserDetail(context(), viewer, { userId: "bob" })).toMatchObject({
    status: "active",
    currentBan: null,
    bannedUntil: null,
  });
});

test("nobody is found under an unknown or impossible id, or in another environment; the other is named", async () => {
  const { development, production } = await createTestApp(context());
  await insertTestUsers(context(), production.ref, [{ userId: "alice" }]);
  const viewer = operatorOf("viewer", development.ref);
  for (const userId of ["alice", "", "a\u0000b", "x".repeat(300)]) {
    expect(await getUserDetail(context(), viewer, { userId })).toBeNull();
  }
  expect(await findUserElsewhere(context(), viewer, { userId: "alice" })).toBe("production");
  expect(await findUserElsewhere(context(), viewer, { userId: "bob" })).toBeNull();
  expect(await findUserElsewhere(context(), viewer, { userId: "a\u0000b" })).toBeNull();
  expect(await findUserElsewhere(context(), operatorOf("viewer", production.ref), { userId: "alice" })).toBeNull();
});
