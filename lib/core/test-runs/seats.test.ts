import { expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { changeUserLimit } from "../quota/change-user-limit";
import { restoreUsers } from "../soft-delete/restore-users";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";
import { extendTestRun } from "./extend-test-run";
import { getTestRun } from "./get-test-run";
import { startTestRun } from "./start-test-run";

const context = testContext();

async function setUp(users = 0) {
  const { ref } = (await createTestApp(context())).development;
  await insertTestUsers(
    context(),
    ref,
    Array.from({ length: users }, (_, n) => ({ userId: `old-${n}` })),
  );
  return { ref, admin: operatorOf("admin", ref), owner: operatorOf("owner", ref) };
}

const register = (ref: EnvironmentRef, userId: string, testRun?: string) =>
  registerUser(context(), appServerOf(ref), { userId, name: userId }, testRun === undefined ? {} : { testRun });

test("four jobs race for seats beside the others: each gets what is reserved for it, and the limit holds", async () => {
  const { ref, admin, owner } = await setUp();
  await changeUserLimit(context(), owner, { limit: 170 });
  const ids = ["job-1", "job-2", "job-3", "job-4"];
  for (const id of ids) await startTestRun(context(), admin, { id, reserved: 40 });
  const db = openDatabase({ url: context().url, poolSize: 10 });
  try {
    const elsewhere = { ...context(), db };
    const asks = ids.flatMap((id) => Array.from({ length: 40 }, (_, n) => ({ userId: `${id}-${n}`, testRun: id })));
    const others = Array.from({ length: 100 }, (_, n) => ({ userId: `other-${n}`, testRun: undefined }));
    // The others first, so that they would take the seats.
    const results = await Promise.allSettled(
      [...others, ...asks].map(({ userId, testRun }, n) =>
        registerUser(
          n % 2 === 0 ? context() : elsewhere,
          appServerOf(ref),
          { userId, name: userId },
          testRun === undefined ? {} : { testRun },
        ),
      ),
    );
    const fulfilled = (from: number, to: number) =>
      results.slice(from, to).filter(({ status }) => status === "fulfilled").length;
    expect(fulfilled(0, 100)).toBe(10);
    expect(fulfilled(100, 260)).toBe(160);
    expect(await context().db.prisma.user.count({ where: { environmentId: ref.id } })).toBe(170);
    for (const id of ids) {
      expect(await getTestRun(context(), admin, { runId: id })).toMatchObject({ users: 40, seats: 40 });
    }
  } finally {
    await db.close();
  }
});

test("runs that start at once reserve no seat twice", async () => {
  const { admin } = await setUp(70);
  const started = await Promise.allSettled(
    [1, 2, 3, 4].map((n) => startTestRun(context(), admin, { id: `r${n}`, reserved: 10 })),
  );
  expect(started.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(started.find(({ status }) => status === "rejected")).toMatchObject({
    reason: {
      code: "seats_not_free",
      message: "No seat is free: 70 of 100 are taken, and test runs have reserved 30.",
    },
  });
});

test("a reservation that does not fit says what is free; one that grows counts the run's own users", async () => {
  const { ref, admin } = await setUp(80);
  await expect(startTestRun(context(), admin, { id: "pw", reserved: 21 })).rejects.toMatchObject({
    code: "seats_not_free",
    field: "reserved",
    message: "20 seats are free: 80 of 100 are taken. Reserve 20 at most.",
  });
  await startTestRun(context(), admin, { id: "pw", reserved: 5 });
  for (const n of [1, 2, 3]) await register(ref, `pw-${n}`, "pw");
  await expect(extendTestRun(context(), admin, { runId: "pw", reserved: 21 })).rejects.toMatchObject({
    message: "17 seats are free: 83 of 100 are taken. Reserve 20 at most.",
  });
  expect(await extendTestRun(context(), admin, { runId: "pw", reserved: 20 })).toMatchObject({
    reserved: 20,
    seats: 20,
  });
});

test("the refusal says who holds the seats, and until when, to the API and to operators", async () => {
  const { ref, admin } = await setUp(74);
  await startTestRun(context(), admin, { id: "pw-4711", reserved: 24, minutes: 40 });
  await startTestRun(context(), admin, { id: "small", minutes: 60 });
  await register(ref, "s1", "small");
  await register(ref, "s2", "small");
  const reserved = {
    code: "user_quota_reached",
    message:
      "The Development environment has no free seat: 76 of 100 are taken, and test runs have reserved the rest. Seats are held: 24 by run pw-4711, expires in 40 min; 2 by run small, expires in 1 h. Start a test run with seats of its own, or end one in the console.",
  };
  await expect(register(ref, "late")).rejects.toMatchObject(reserved);
  await expect(registerNewUser(context(), admin, { userId: "late", name: "Late" })).rejects.toMatchObject(reserved);
  for (let n = 0; n < 24; n++) await register(ref, `pw-${n}`, "pw-4711");
  await expect(register(ref, "late", "pw-4711")).rejects.toMatchObject({
    message:
      "The Development environment has reached its limit of 100 registered users. Seats are held: 24 by run pw-4711, expires in 40 min; 2 by run small, expires in 1 h. Delete test users in the console to free seats.",
  });
});

test("the seats of a run that has expired are everybody's, before the sweeper comes", async () => {
  const { ref, admin } = await setUp(90);
  await startTestRun(context(), admin, { id: "killed", reserved: 10, minutes: 1 });
  await expect(register(ref, "late")).rejects.toMatchObject({ code: "user_quota_reached" });
  const later = { ...context(), now: () => context().now() + 61_000 };
  await registerUser(later, appServerOf(ref), { userId: "late", name: "Late" });
});

test("a soft-deleted user of a run leaves the seat to it, and takes one of its seats when restored", async () => {
  const { ref, admin } = await setUp(95);
  await startTestRun(context(), admin, { id: "pw", reserved: 5 });
  for (const n of [1, 2, 3, 4, 5]) await register(ref, `pw-${n}`, "pw");
  await insertTestUsers(context(), ref, [{ userId: "other", softDeletedAt: context().now() - 7_200_000 }]);
  await softDeleteUsers(context(), appServerOf(ref), { userIds: ["pw-1"] });
  await expect(register(ref, "late")).rejects.toMatchObject({ code: "user_quota_reached" });
  const later = { ...context(), now: () => context().now() + context().restoreAfterMs };
  const { restored, refused } = await restoreUsers(later, admin, { userIds: ["other", "pw-1"] });
  expect(restored.map(({ userId }) => userId)).toEqual(["pw-1"]);
  expect(refused).toMatchObject([{ userId: "other", code: "user_quota_reached" }]);
});
