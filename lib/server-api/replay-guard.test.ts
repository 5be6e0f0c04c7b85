import { expect, test } from "vitest";
import type { Context } from "@/lib/core/context";
import type { Pipeline } from "@/lib/db/pipeline";
import { createTestApp, testContext } from "@/test/support/context";
import { createReplayGuard } from "./replay-guard";

const context = testContext();

test("a request whose claim failed may be sent again as it is, and is refused once it was claimed", async () => {
  const { db } = context();
  const { production } = await createTestApp(context());
  let away = true;
  const pipeline: Pipeline = {
    ...db.pipeline,
    run: (...args) => (away ? Promise.reject(new Error("the database is away")) : db.pipeline.run(...args)),
  };
  const own: Context = { ...context(), db: { ...db, pipeline } };
  const guard = createReplayGuard(own, 300_000);
  const request = { appKey: production.ref.appKey, nonce: "n-1", timestamp: String(own.now()), signature: "Ab12" };
  const claim = () => guard.claim(production.ref.id, request);
  await expect(claim()).rejects.toThrow("away");
  away = false;
  expect(await claim()).toBe(true);
  expect(claim()).toBe(false);
});
