import { expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import type { EnvironmentId } from "../actor";
import { publish } from "../publish";
import type { WebhookEventType } from "./facts";
import { webhookSelects } from "./selected-events";

const context = testContext();

async function save(environmentId: EnvironmentId, url: string, events: readonly string[]) {
  const values = { url, events: [...events], updatedAt: new Date(), updatedByName: "Ana" };
  const where = { environmentId };
  await context().db.prisma.webhook.upsert({ where, create: { environmentId, ...values }, update: values });
  await publish(context(), { type: "webhooks.changed", environmentId });
}

const selects = (environmentId: EnvironmentId, type: WebhookEventType) =>
  webhookSelects(context(), environmentId, type);

test("an environment without a webhook wants nothing, and a saved selection acts in under a second", async () => {
  const { development, production } = await createTestApp(context());
  expect(await selects(development.ref.id, "user:friendship")).toBe(false);

  await save(development.ref.id, "https://example.com/hook", ["user:friendship", "an:old_type"]);
  const soon = { timeout: 1_000, interval: 10 };
  await expect.poll(() => selects(development.ref.id, "user:friendship"), soon).toBe(true);
  expect(await selects(development.ref.id, "user:activation_state")).toBe(false);
  expect(await selects(production.ref.id, "user:friendship")).toBe(false);

  await save(development.ref.id, "", ["user:friendship"]);
  await expect.poll(() => selects(development.ref.id, "user:friendship"), soon).toBe(false);
});
