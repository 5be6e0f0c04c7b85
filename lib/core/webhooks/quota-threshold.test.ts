import { expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { deleteTestUser } from "../deletion/delete-test-user";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";

const context = testContext();
const HOOK = "https://example.com/hook";

const register = (environment: EnvironmentRef, userId: string) =>
  registerUser(context(), appServerOf(environment), { userId, name: userId });

const told = async (environment: EnvironmentRef) =>
  (await storedEvents(context(), environment)).map(({ type, orderKey, data }) => ({ type, orderKey, data }));

async function developmentWith(count: number) {
  const { development } = await createTestApp(context());
  await insertTestWebhook(context(), development.ref, HOOK);
  const users = Array.from({ length: count }, (_, n) => ({ userId: `u${n}` }));
  if (count > 0) await insertTestUsers(context(), development.ref, users);
  return development.ref;
}

test("of 300 racing registrations each threshold is told once, with the number that reached it", async () => {
  const environment = await developmentWith(0);
  const outcomes = await Promise.allSettled(Array.from({ length: 300 }, (_, n) => register(environment, `r${n}`)));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(100);
  const events = await told(environment);
  expect(events.map((event) => (event.data as { threshold: number }).threshold)).toEqual([80, 95]);
  for (const { type, orderKey, data } of events) {
    const { threshold, registeredUsers, limit } = data as Record<string, number>;
    expect({ type, orderKey, limit }).toEqual({ type: "quota:threshold", orderKey: "", limit: 100 });
    expect(registeredUsers).toBeGreaterThanOrEqual(Number(threshold));
  }
});

test("one below, a known user and a refused one tell nothing; the next seat does, by the console too", async () => {
  const environment = await developmentWith(79);
  await register(environment, "u5");
  expect(await told(environment)).toEqual([]);
  await registerNewUser(context(), operatorOf("admin", environment), { userId: "eighty", name: "Eighty" });
  expect(await told(environment)).toMatchObject([{ data: { threshold: 80, registeredUsers: 80, limit: 100 } }]);
});

test("after users below the threshold were deleted, reaching it again is told again", async () => {
  const environment = await developmentWith(79);
  await register(environment, "eighty");
  await deleteTestUser(context(), operatorOf("admin", environment), { userId: "u7", confirmation: "u7" });
  await register(environment, "eighty-again");
  expect((await told(environment)).map((event) => event.data)).toMatchObject([{ threshold: 80 }, { threshold: 80 }]);
});

test("production has no thresholds, and who has not selected them is told nothing", async () => {
  const { development, production } = await createTestApp(context());
  await insertTestWebhook(context(), production.ref, HOOK);
  await insertTestWebhook(context(), development.ref, HOOK, ["user:friendship"]);
  const users = Array.from({ length: 79 }, (_, n) => ({ userId: `u${n}` }));
  for (const { ref } of [development, production]) {
    await insertTestUsers(context(), ref, users);
    await register(ref, "eighty");
    expect(await told(ref)).toEqual([]);
  }
});
