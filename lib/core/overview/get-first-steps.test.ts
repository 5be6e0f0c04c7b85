import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { refreshAppSecret } from "../apps/refresh-app-secret";
import { revealAppSecret } from "../apps/reveal-app-secret";
import { getFirstSteps } from "./get-first-steps";

const context = testContext();
const NOTHING = { secretSeen: false, userRegistered: false, clientConnected: false, webhookSet: false };

async function setUp() {
  const { development, production } = await createTestApp(context());
  const stepsOf = (ref: EnvironmentRef) => getFirstSteps(context(), operatorOf("viewer", ref));
  return { development: development.ref, production: production.ref, stepsOf };
}

const setWebhook = ({ id: environmentId }: EnvironmentRef, url: string, events: string[]) =>
  context().db.prisma.webhook.upsert({
    where: { environmentId },
    create: { environmentId, url, events, updatedAt: new Date(), updatedByName: "Ana" },
    update: { url, events },
  });

test("each step is done once its trace is there, in the environment of that trace alone", async () => {
  const { development, production, stepsOf } = await setUp();
  expect(await stepsOf(development)).toEqual(NOTHING);

  await revealAppSecret(context(), operatorOf("admin", development));
  expect(await stepsOf(development)).toEqual({ ...NOTHING, secretSeen: true });
  await insertTestUsers(context(), development, [{ userId: "alice" }]);
  expect(await stepsOf(development)).toEqual({ ...NOTHING, secretSeen: true, userRegistered: true });
  await insertTestUsers(context(), development, [{ userId: "bob", lastSeenAt: context().now() }]);
  await setWebhook(development, "https://example.com/hook", []);
  expect(await stepsOf(development)).toMatchObject({ clientConnected: true, webhookSet: false });
  await setWebhook(development, "https://example.com/hook", ["user:friendship"]);
  expect(Object.values(await stepsOf(development))).toEqual([true, true, true, true]);
  expect(await stepsOf(production)).toEqual(NOTHING);
});

test("a refreshed secret has been seen, a client that is connected has been connected, a soft-deleted user is not registered", async () => {
  const { development, production, stepsOf } = await setUp();
  await refreshAppSecret(context(), operatorOf("admin", development), { disconnect: false });
  await insertTestUsers(context(), development, [{ userId: "alice", connections: 1 }]);
  expect(await stepsOf(development)).toEqual({
    secretSeen: true,
    userRegistered: true,
    clientConnected: true,
    webhookSet: false,
  });
  await insertTestUsers(context(), production, [{ userId: "gone", softDeletedAt: context().now() }]);
  expect(await stepsOf(production)).toEqual(NOTHING);
});
