import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { consoleProcesses } from "@/test/support/console-process";
import { createTestApp, testContext } from "@/test/support/context";
import { serviceUsers, threeServices } from "@/test/support/three-services";

/**
 * `npm run test:faults`: the database is lost while services and a console are busy with it: every connection breaks in the
 * middle of what runs on it, or the way to it swallows everything and breaks nothing, as when its machine loses its power.
 */

const LOSS_MS = 40_000;
/** 15 seconds for a statement, 3 more in which PostgreSQL may refuse it, 10 for a connection, and some for the machine. */
const ANSWER_WITHIN_MS = 31_000;
const BACK_WITHIN = { timeout: 20_000, interval: 50 };
/** App servers at each process, each with one call under way. */
const CALLERS = 12;

const context = testContext();
const startServices = threeServices(context);
const startConsole = consoleProcesses();
const makeUsers = serviceUsers(context);

describe.each(["cut", "freeze"] as const)("the database is lost for 40 seconds under load (%s)", (loss) => {
  test("every call is answered in time, no acknowledged change is lost, and the processes live on", async () => {
    const services = await startServices("PostgreSQL", { RATE_LIMITS: "off" });
    const { database, databaseUrl, environment, one, two, three } = services;
    const atConsole = await startConsole(databaseUrl, environment);
    const { production } = await createTestApp(context());
    const { send } = await makeUsers(production, []);

    const registered: string[] = [];
    const banned: string[] = [];
    const refusals = new Set<number>();
    let longestMs = 0;
    let away = false;
    let over = false;
    let users = 0;
    /** Calls and notes whom that has changed; gives whether it was acknowledged. */
    const call = async (apiUrl: string, path: string, body: object): Promise<boolean> => {
      const askedAt = performance.now();
      const { code } = await send({ apiUrl }, path, body);
      longestMs = Math.max(longestMs, performance.now() - askedAt);
      if (code === 0) return true;
      refusals.add(code);
      if (away) await pause(250);
      return false;
    };
    const work = async (apiUrl: string) => {
      while (!over) {
        users += 1;
        const userId = `user-${users}`;
        if (!(await call(apiUrl, "/v4/auth/access-token/issue", { userId, name: userId }))) continue;
        registered.push(userId);
        const ban = { userIds: [userId], durationMinutes: 5 };
        if (!(await call(apiUrl, "/v4/user/ban", ban))) continue;
        banned.push(userId);
        // Replaces a ban, which takes a transaction of several statements.
        for (let again = 0; again < 5; again += 1) await call(apiUrl, "/v4/user/ban", ban);
      }
    };
    const places = [one.apiUrl, two.apiUrl, three.apiUrl, atConsole.url];
    const working = Promise.all(places.flatMap((apiUrl) => Array.from({ length: CALLERS }, () => work(apiUrl))));
    const progress = (count: number) =>
      Promise.race([working, expect.poll(() => banned.length, BACK_WITHIN).toBeGreaterThanOrEqual(count)]);

    await progress(300);
    expect([...refusals]).toEqual([]);
    away = true;
    database[loss]();
    await Promise.race([working, pause(LOSS_MS)]);
    database.mend();
    away = false;
    await progress(banned.length + 300);
    over = true;
    await working;

    for (const { child } of [one, two, three, atConsole]) {
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    }
    expect(refusals.size).toBeGreaterThan(0);
    for (const code of refusals) expect([1000, 1050]).toContain(code);
    expect(longestMs).toBeLessThan(ANSWER_WITHIN_MS);
    const { prisma } = context().db;
    const stored = await prisma.user.findMany({
      where: { environmentId: production.ref.id },
      select: { userId: true, bannedUntil: true },
    });
    const untilOf = new Map(stored.map(({ userId, bannedUntil }) => [userId, bannedUntil]));
    expect(registered.filter((userId) => !untilOf.has(userId))).toEqual([]);
    expect(banned.filter((userId) => !untilOf.get(userId))).toEqual([]);
  });
});
