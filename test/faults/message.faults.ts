import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { Inbox, Outbox } from "@/test/support/mailbox";
import { BUSES, isMissing, serviceUsers, threeServices } from "@/test/support/three-services";

/** `npm run test:faults`: messages between users of different services while services are killed. */

const MESSAGES = 1_500;
const POLL = { timeout: 60_000, interval: 5 };

const context = testContext();
const startServices = threeServices(context);
const makeUsers = serviceUsers(context);

describe.each(BUSES)("three services, the bus over %s", (over) => {
  test.skipIf(isMissing(over))(
    "the sender's service is killed, then the recipient's: no acknowledged message is lost, none arrives twice",
    async () => {
      // As fast as they are acknowledged, so that one is always under way.
      const { one, two, three } = await startServices(over, { RATE_LIMITS: "off" });
      const { connect } = await makeUsers((await createTestApp(context())).production, ["alice", "bob"]);
      const outbox = new Outbox("bob");
      for (let number = 0; number < MESSAGES; number += 1) outbox.put(`message ${number}`);
      const inbox = new Inbox();
      let alice = await connect(one, "alice");
      const firstBob = await connect(two, "bob");

      let cutShort = 0;
      const sending = (async () => {
        while (outbox.waiting > 0) {
          const code = await outbox.send(alice).catch(async (error: unknown) => {
            // Her service is gone; whether the message was stored she does not know.
            if (!one.child.killed || alice.ws.readyState === alice.ws.OPEN) throw error;
            cutShort += 1;
            alice = await connect(three, "alice");
            return 0;
          });
          expect(code).toBe(0);
        }
      })();
      const acknowledged = (count: number) =>
        Promise.race([sending, expect.poll(() => outbox.acknowledged.size, POLL).toBeGreaterThanOrEqual(count)]);

      await acknowledged(MESSAGES / 3);
      one.child.kill("SIGKILL");
      await acknowledged((2 * MESSAGES) / 3);
      two.child.kill("SIGKILL");
      await firstBob.closed;
      inbox.take(firstBob);
      expect(inbox.messages.length).toBeGreaterThan(MESSAGES / 3);
      const bob = await connect(three, "bob");
      await inbox.fetch(bob);
      await sending;
      const last = () => {
        inbox.take(bob);
        return inbox.messages.length;
      };
      await expect.poll(last, POLL).toBe(MESSAGES);
      // What is still on its way would be one too many.
      await pause(2_000);
      inbox.take(bob);
      expect(cutShort).toBe(1);
      expect(outbox.acknowledged.size).toBe(MESSAGES);
      expect(inbox.messages).toEqual([...outbox.acknowledged]);
    },
  );
});
