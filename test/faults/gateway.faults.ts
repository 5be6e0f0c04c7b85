import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { Inbox, Outbox } from "@/test/support/mailbox";
import { BUSES, isMissing, serviceUsers, threeServices } from "@/test/support/three-services";

/**
 * `npm run test:faults`: three service processes on one database lose a process, the database for 30 seconds and the
 * bus for 30 seconds. Nothing is restarted by hand. Takes some minutes. The consoles beside them: console.faults.ts.
 */

const LOSS_MS = 30_000;
const BACK_WITHIN = { timeout: 20_000, interval: 200 };

const context = testContext();
const startServices = threeServices(context);
const makeUsers = serviceUsers(context);
const users = async () =>
  makeUsers((await createTestApp(context())).production, ["alice", "bob", "carol", "dave", "erin"]);

describe.each(BUSES)("three services, the bus over %s", (over) => {
  const testOver = test.skipIf(isMissing(over));

  testOver("a process that is killed: its users connect elsewhere, and are offline until then", async () => {
    const { one, two, three } = await startServices(over);
    const { connect, status, ban } = await users();
    const alice = await connect(one, "alice");
    await connect(one, "bob");
    await connect(two, "carol");
    const killedAt = Date.now();
    one.child.kill("SIGKILL");
    await once(one.child, "exit");
    await alice.closed;
    const again = await connect(three, "alice");
    await expect.poll(() => status(two, "bob"), BACK_WITHIN).toEqual({ status: "0" });
    expect(Date.now() - killedAt).toBeLessThan(15_000);
    expect(await status(two, "alice")).toEqual({ status: "1" });
    expect(await status(three, "carol")).toEqual({ status: "1" });
    expect(await ban(two, "alice")).toBe(0);
    expect((await again.closed).reason).toBe("31011");
  });

  testOver("the database away for 30 seconds: clear codes meanwhile, and everything as before afterwards", async () => {
    const { database, one, two, three } = await startServices(over);
    const { connect, codeOf, status, ban } = await users();
    const alice = await connect(one, "alice");
    const bob = await connect(two, "bob");
    const outbox = new Outbox("bob");
    outbox.put("before");
    expect(await outbox.send(alice)).toBe(0);
    database.cut();
    const until = Date.now() + LOSS_MS;
    while (Date.now() < until) {
      expect(await codeOf(three, "carol")).toBe(31000);
      expect([1000, 1050]).toContain(await ban(one, "alice"));
      outbox.put(`${outbox.waiting} while it is away`);
      expect([1000, 1050]).toContain(await outbox.send(alice));
      expect((await alice.call("ping")).error).toBeUndefined();
      await pause(1_000);
    }
    database.mend();
    await expect.poll(() => codeOf(three, "carol"), BACK_WITHIN).toBe(0);
    for (const [at, userId] of [
      [two, "alice"],
      [three, "bob"],
      [one, "carol"],
    ] as const) {
      await expect.poll(() => status(at, userId), BACK_WITHIN).toEqual({ status: "1" });
    }
    // Nobody was taken for dead, or who was has written everything anew.
    await pause(15_000);
    for (const userId of ["alice", "bob", "carol"]) expect(await status(two, userId)).toEqual({ status: "1" });
    while (outbox.waiting > 0) {
      expect(await outbox.send(alice)).toBe(0);
      // Five in a second are allowed.
      await pause(250);
    }
    expect(outbox.acknowledged.size).toBeGreaterThan(10);
    const inbox = new Inbox();
    const told = () => {
      inbox.take(bob);
      return inbox.messages;
    };
    await expect.poll(told, BACK_WITHIN).toEqual([...outbox.acknowledged]);
    await inbox.fetch(bob);
    expect(inbox.messages).toEqual([...outbox.acknowledged]);
    expect(await ban(three, "alice")).toBe(0);
    expect((await alice.closed).reason).toBe("31011");
    expect((await bob.call("ping")).error).toBeUndefined();
    for (const { child } of [one, two, three]) expect(child.exitCode).toBeNull();
  });
});

test.skipIf(isMissing("Redis"))(
  "Redis away for 30 seconds: bans hold at once for connecting, and cut when it is back",
  async () => {
    const { bus, one, two, three } = await startServices("Redis");
    const { connect, codeOf, ban } = await users();
    const clients = [await connect(one, "alice"), await connect(two, "alice"), await connect(three, "alice")];
    const bob = await connect(two, "bob");
    bus.cut();
    await pause(1_000);
    expect(await ban(one, "alice")).toBe(0);
    for (const at of [one, two, three]) expect(await codeOf(at, "alice")).toBe(31009);
    await connect(three, "carol");
    await pause(LOSS_MS);
    bus.mend();
    for (const client of clients) expect((await client.closed).reason).toBe("31011");
    expect((await bob.call("ping")).error).toBeUndefined();
    await expect
      .poll(async () => {
        const dave = await connect(one, "dave");
        await ban(two, "dave");
        return Promise.race([dave.closed.then(({ reason }) => reason), pause(2_000)]);
      }, BACK_WITHIN)
      .toBe("31011");
  },
);
