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
  const claim = () => guard.claim(production.ref.id, request, false);
  await expect(claim()).rejects.toThrow("away");
  away = false;
  expect(await claim()).toBe(true);
  expect(claim()).toBe(false);
});

test("without room for its nonce a request that only reads is let in once by each process, and one that writes is not", async () => {
  const { db } = context();
  const { production } = await createTestApp(context());
  const full = Object.assign(new Error("no space left on device"), { code: "53100" });
  const pipeline: Pipeline = { ...db.pipeline, run: () => Promise.reject(full) };
  let told = 0;
  const room = {
    level: () => "none" as const,
    state: () => ({ level: "none" as const, disks: [], databaseFull: true }),
    databaseIsFull: () => {
      told += 1;
    },
    close: async () => {},
  };
  const own: Context = { ...context(), db: { ...db, pipeline }, room };
  const guard = createReplayGuard(own, 300_000);
  const request = (nonce: string) => ({
    appKey: production.ref.appKey,
    nonce,
    timestamp: String(own.now()),
    signature: nonce,
  });
  const [reading, writing] = [request("reads"), request("writes")];
  expect(await guard.claim(production.ref.id, reading, true)).toBe(true);
  expect(guard.claim(production.ref.id, reading, true)).toBe(false);
  await expect(guard.claim(production.ref.id, writing, false)).rejects.toThrow("no space left");
  await expect(guard.claim(production.ref.id, writing, false)).rejects.toThrow("no space left");
  expect(told).toBe(3);
});
