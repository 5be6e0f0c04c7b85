import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { startReceiver } from "@/test/support/receiver";
import { threeServices } from "@/test/support/three-services";
import { insertTestWebhook, recordTestEvents } from "@/test/support/webhooks";

/**
 * `npm run test:faults`: the one service that delivers webhooks loses its way to the database, while others go on to record
 * events: it breaks, or swallows everything and breaks nothing, or does so until somebody opens another connection.
 */

const LOSS_MS = 40_000;
/** A lease of 45 seconds that the loss has left, or 18 seconds of silence and another connection; and a look every 5. */
const ON_AGAIN_WITHIN = { timeout: 40_000, interval: 20 };
/** Less than it takes to be found without having been heard of. */
const AT_ONCE = { timeout: 1_500, interval: 10 };
const RECEIVERS = 60;
const RECORD_EVERY_MS = 500;

const context = testContext();
const startServices = threeServices(context);

describe.each([
  { loss: "cut", lossMs: LOSS_MS },
  { loss: "freeze", lossMs: LOSS_MS },
  { loss: "replace", lossMs: 0 },
] as const)("the way to the database is lost under load ($loss)", ({ loss, lossMs }) => {
  test("deliveries go on soon after, none is lost, and new ones are made at once again", async () => {
    const { database, one, two, three } = await startServices("PostgreSQL", { WEBHOOK_ALLOW_PRIVATE: "on" });
    two.child.kill("SIGKILL");
    three.child.kill("SIGKILL");
    const receiver = await startReceiver((_received, _request, response) => {
      // So that some are always in hand.
      setTimeout(() => response.end(), 100);
    });
    const environments = await Promise.all(
      Array.from({ length: RECEIVERS }, async () => (await createTestApp(context())).production.ref),
    );
    await Promise.all(environments.map((environment) => insertTestWebhook(context(), environment, receiver.url)));
    const recorded: string[] = [];
    /** One event for each receiver. Gives whose they are. */
    const record = async (): Promise<string[]> => {
      const userIds = environments.map((_, index) => `user-${recorded.length + index}`);
      recorded.push(...userIds);
      await Promise.all(
        environments.map((environment, index) => recordTestEvents(context(), environment, [userIds[index] ?? ""])),
      );
      return userIds;
    };
    const delivered = () =>
      new Set(receiver.received.map(({ body }) => (JSON.parse(body) as { data: [{ userId: string }] }).data[0].userId));
    const missing = (of: readonly string[]) => {
      const arrived = delivered();
      return of.filter((userId) => !arrived.has(userId));
    };
    let over = false;
    const recording = (async () => {
      while (!over) {
        await record();
        await pause(RECORD_EVERY_MS);
      }
    })();
    const allDelivered = () => expect.poll(() => missing(recorded).length, ON_AGAIN_WITHIN).toBe(0);

    await expect.poll(() => delivered().size, ON_AGAIN_WITHIN).toBeGreaterThan(5 * RECEIVERS);
    database[loss]();
    await Promise.race([recording, pause(lossMs)]);
    database.mend();
    const [first] = await Promise.all([record(), pause(5 * RECORD_EVERY_MS)]);
    over = true;
    await recording;
    await expect.poll(() => missing(first).length, ON_AGAIN_WITHIN).toBe(0);
    await allDelivered();

    for (let round = 0; round < 5; round += 1) {
      const latest = await record();
      await expect.poll(() => missing(latest).length, AT_ONCE).toBe(0);
    }
    expect([one.child.exitCode, one.child.signalCode]).toEqual([null, null]);
  });
});
