import { beforeEach, describe, expect, test } from "vitest";
import { testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { sha256 } from "../secrets";
import { checkSession } from "./check-session";
import { disableOperator } from "./disable-operator";
import { signIn } from "./sign-in";
import { clearFailures, reserveTry, strangersAt } from "./sign-in-throttle-store";

const context = testContext();
let ana: Operator;

beforeEach(async () => {
  ana = await createTestOperator(context(), "owner");
});

const wrong = (email = ana.email) => signIn(context(), visitor(), { email, password: "not the password" });
const right = (email = ana.email) => signIn(context(), visitor(), { email, password: TEST_PASSWORD });
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );

const entries = (email: string) =>
  context().db.prisma.auditEntry.findMany({
    where: { environmentId: 0, targetName: email, action: { startsWith: "operator.sign" } },
    orderBy: { id: "asc" },
  });

describe("signIn", () => {
  test("opens a session that counts, whatever the case of the e-mail address, and is audited", async () => {
    const { sessionId, operator } = await right(`  ${ana.email.toUpperCase()} `);
    expect(operator).toMatchObject({ id: ana.operatorId, role: "owner" });
    expect(await checkSession(context(), sessionId, { touch: false })).toMatchObject({ active: true });
    const [entry] = await entries(ana.email);
    expect(entry).toMatchObject({ action: "operator.signed_in", actorKind: "operator", ip: "192.0.2.7", result: "ok" });
  });

  test("says the same about a wrong password, an unknown address and a disabled operator", async () => {
    const bea = await createTestOperator(context(), "viewer");
    await disableOperator(context(), ana, { operatorId: bea.operatorId });
    const messages = await Promise.all(
      [wrong(), wrong("nobody-here@example.com"), right(bea.email)].map((tried) =>
        tried.then(
          () => "signed in",
          (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
        ),
      ),
    );
    expect(new Set(messages)).toEqual(new Set(["sign_in_failed: The e-mail address or the password is wrong."]));
  });

  test("the fifth failure locks for 30 seconds, the next ones twice as long up to 15 minutes, and the lock ends", async () => {
    for (let failure = 1; failure <= 4; failure++)
      await expect(wrong()).rejects.toMatchObject({ code: "sign_in_failed" });
    await expect(wrong()).rejects.toMatchObject({ code: "sign_in_failed", message: /Try again in 30 seconds\./ });
    // Even the right password waits: otherwise a guess during the lock would tell.
    await expect(right()).rejects.toMatchObject({ code: "sign_in_locked", message: /Try again in 30 seconds\./ });
    const locks = [60, 120, 240, 480, 900, 900];
    let pause = 30;
    for (const seconds of locks) {
      context().advance(pause * 1000 - 2_000);
      await expect(right()).rejects.toMatchObject({ code: "sign_in_locked" });
      context().advance(2_000);
      const minutes = seconds / 60;
      await expect(wrong()).rejects.toMatchObject({
        code: "sign_in_failed",
        message: `The e-mail address or the password is wrong. Try again in ${minutes} minute${minutes === 1 ? "" : "s"}.`,
      });
      pause = seconds;
    }
    context().advance(900_000);
    await expect(right()).resolves.toBeDefined();
  });

  test("signing in forgets the failures before it", async () => {
    for (let round = 0; round < 3; round++) {
      for (let failure = 1; failure <= 4; failure++) expect(await outcome(wrong())).toBe("sign_in_failed");
      expect(await outcome(right())).toBe("ok");
    }
  });

  test("failures are forgotten after a day", async () => {
    for (let failure = 1; failure <= 4; failure++) await outcome(wrong());
    context().advance(25 * 3_600_000);
    await expect(wrong()).rejects.toMatchObject({ message: "The e-mail address or the password is wrong." });
    expect(await outcome(right())).toBe("ok");
  });

  test("an address that nobody has is locked like one that somebody has", async () => {
    const ghost = `ghost-${ana.operatorId}@example.com`;
    for (let failure = 1; failure <= 5; failure++) expect(await outcome(wrong(ghost))).toBe("sign_in_failed");
    expect(await outcome(wrong(ghost))).toBe("sign_in_locked");
  });

  test("of fifty guesses at once no more than five are checked", async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(wrong())));
    expect(outcomes.filter((code) => code === "sign_in_failed")).toHaveLength(5);
    expect(outcomes.filter((code) => code === "sign_in_locked")).toHaveLength(45);
    const failed = await entries(ana.email);
    expect(failed.filter((entry) => entry.action === "operator.sign_in_failed")).toHaveLength(5);
    expect(failed.at(-1)).toMatchObject({ actorKind: "system", actorName: "Someone", result: "sign_in_failed" });
  });

  test("any number of right sign-ins at once are let in, and none counts as a failure", async () => {
    const outcomes = await Promise.all(Array.from({ length: 24 }, () => outcome(right())));
    expect(outcomes).toEqual(outcomes.map(() => "ok"));
    expect(await context().db.prisma.signInThrottle.count({ where: { emailHash: sha256(ana.email) } })).toBe(0);
  });

  test("the four free failures among right sign-ins at once refuse none of those", async () => {
    const outcomes = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, n) => [n % 5 === 2, await outcome(n % 5 === 2 ? wrong() : right())] as const,
      ),
    );
    for (const [isWrong, code] of outcomes) expect(code).toBe(isWrong ? "sign_in_failed" : "ok");
  });

  test("a try that another process is checking is waited for, not refused", async () => {
    const { prisma } = context().db;
    for (let failure = 1; failure <= 4; failure++) await outcome(wrong());
    expect(await reserveTry(prisma, strangersAt(ana.email), "elsewhere", new Date(context().now()))).toMatchObject({
      failures: 5,
    });
    let settled = false;
    const waiting = right().finally(() => {
      settled = true;
    });
    // No other try is let near a password meanwhile, so that guesses spread over processes are no more than elsewhere.
    const others = Array.from({ length: 20 }, (_, n) =>
      reserveTry(prisma, strangersAt(ana.email), `other ${n}`, new Date(context().now())),
    );
    expect(new Set((await Promise.all(others)).map((other) => other.outcome))).toEqual(new Set(["taken"]));
    expect(settled).toBe(false);
    await clearFailures(prisma, strangersAt(ana.email));
    await expect(waiting).resolves.toBeDefined();
  });

  test("a process that died while it checked a try keeps nobody out, and the try counts", async () => {
    const { prisma } = context().db;
    await reserveTry(prisma, strangersAt(ana.email), "of a dead process", new Date(context().now()));
    context().advance(11_000);
    expect(await outcome(wrong())).toBe("sign_in_failed");
    const row = await prisma.signInThrottle.findFirst({ where: { emailHash: sha256(ana.email) } });
    expect(row).toMatchObject({ failures: 2, tryId: null });
    expect(await outcome(right())).toBe("ok");
  });

  test("what was typed as a password is nowhere in the audit log", async () => {
    await outcome(wrong());
    await outcome(right());
    expect(JSON.stringify(await entries(ana.email), (_, v) => (typeof v === "bigint" ? String(v) : v))).not.toMatch(
      /not the password|correct horse/,
    );
  });

  test("looking for an unknown address takes the time of checking a password", async () => {
    const quickest = async (run: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let n = 0; n < 3; n++) {
        const started = performance.now();
        await outcome(run());
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    await outcome(wrong("warm-up@example.com"));
    const known = await quickest(() => wrong());
    const unknown = await quickest(() => wrong("nobody-timed@example.com"));
    // Without the dummy hash it is some twenty times quicker.
    expect(unknown).toBeGreaterThan(known / 4);
  });
});
