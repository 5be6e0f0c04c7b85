import { expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { resolveEnvironment } from "../apps/resolve-environment";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";
import { changeUserLimit } from "./change-user-limit";
import { getQuotaUse } from "./get-quota";

const context = testContext();

const users = (count: number) => Array.from({ length: count }, (_, n) => ({ userId: `u${n}` }));
const register = (environment: EnvironmentRef, userId: string) =>
  registerUser(context(), appServerOf(environment), { userId, name: userId });

/** As the next request finds it. */
async function again({ appId, name }: EnvironmentRef): Promise<EnvironmentRef> {
  const found = await resolveEnvironment(context(), appId, name);
  if (found === null) throw new Error("the environment is gone");
  return found;
}

test("registration, the bar and the refusal follow the limit, up and down, and nobody is removed", async () => {
  const { development } = await createTestApp(context());
  const owner = operatorOf("owner", development.ref);
  await changeUserLimit(context(), owner, { limit: 12 });
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => register(development.ref, `r${n}`)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(12);
  const use = async () => getQuotaUse(context(), operatorOf("viewer", await again(development.ref)));
  expect(await use()).toEqual({ used: 12, limit: 12, level: "full" });

  await changeUserLimit(context(), owner, { limit: 10, seen: { limit: 12 } });
  await expect(register(development.ref, "late")).rejects.toMatchObject({
    code: "user_quota_reached",
    message: expect.stringContaining("limit of 10 registered users"),
  });
  const late = { userId: "late", name: "Late" };
  await expect(registerNewUser(context(), owner, late)).rejects.toThrow("limit of 10 registered users");
  expect(await use()).toEqual({ used: 12, limit: 10, level: "full" });
  await register(development.ref, "r0");

  await changeUserLimit(context(), owner, { limit: 200 });
  await register(development.ref, "late");
  expect(await use()).toEqual({ used: 13, limit: 200, level: "fine" });
});

test("the webhook warns at 80 and 95 percent of the limit", async () => {
  const { development } = await createTestApp(context());
  await insertTestWebhook(context(), development.ref, "https://example.com/hook");
  await changeUserLimit(context(), operatorOf("owner", development.ref), { limit: 21 });
  await insertTestUsers(context(), development.ref, users(16));
  for (let n = 0; n < 5; n++) await register(development.ref, `r${n}`);
  const events = await storedEvents(context(), development.ref);
  expect(events.map(({ data }) => data)).toMatchObject([
    { threshold: 17, registeredUsers: 17, limit: 21 },
    { threshold: 20, registeredUsers: 20, limit: 21 },
  ]);
});

test("the change is audited, and of two owners who change it at once the second is told of the first", async () => {
  const { development } = await createTestApp(context());
  const ana = { ...operatorOf("owner", development.ref), name: "Ana" };
  const ben = { ...operatorOf("owner", development.ref), name: "Ben" };
  await changeUserLimit(context(), ana, { limit: 500, seen: { limit: 100 }, note: "load test" });
  await expect(changeUserLimit(context(), ben, { limit: 50, seen: { limit: 100 } })).rejects.toMatchObject({
    code: "version_conflict",
    conflict: { by: "Ana", current: { limit: 500 } },
  });
  // The revert of Ana's change, and then one more: the page showed 500.
  await changeUserLimit(context(), ben, { limit: 100, seen: { limit: 500 } });
  await expect(changeUserLimit(context(), ana, { limit: 100, seen: { limit: 500 } })).rejects.toMatchObject({
    conflict: { by: "Ben" },
  });
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: development.ref.id, action: "quota.user_limit_changed" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ actorName, before, after }) => [actorName, before, after])).toEqual([
    ["Ana", { limit: 100 }, { limit: 500, note: "load test" }],
    ["Ben", { limit: 500 }, { limit: 100 }],
  ]);
});

test("owners only, in Development only, and from 10 to 10,000", async () => {
  const { development, production } = await createTestApp(context());
  await expect(changeUserLimit(context(), operatorOf("admin", development.ref), { limit: 50 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(changeUserLimit(context(), operatorOf("owner", production.ref), { limit: 50 })).rejects.toMatchObject({
    code: "not_found",
  });
  for (const limit of [9, 10_001, 10.5]) {
    await expect(changeUserLimit(context(), systemOf(development.ref), { limit })).rejects.toMatchObject({
      name: "ZodError",
    });
  }
});
