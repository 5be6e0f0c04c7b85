import { beforeEach, describe, expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { createSecretBox } from "../secrets";
import { browserCookie } from "./browser";
import { changeOwnPassword } from "./change-own-password";
import { listOperators } from "./list-operators";
import { hashPassword, verifyPassword } from "./password";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { sourceOf } from "./sign-in-source-store";
import { unlockOperator } from "./unlock-operator";

const context = testContext();
let ana: Operator;
let network = 0;

beforeEach(async () => {
  ana = await createTestOperator(context(), "owner");
  network += 1;
});

const from = (ip: string) => ({ ...visitor(), ip });
/** A stranger in a network of the test's own. */
const stranger = () => from(`198.51.${network}.1`);
const guess = (email = ana.email, actor = stranger(), browser = "") =>
  signIn(context(), actor, { email, password: "not the password", browser });
const right = (browser = "", actor = stranger()) =>
  signIn(context(), actor, { email: ana.email, password: TEST_PASSWORD, browser });
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const failures = () =>
  context().db.prisma.auditEntry.findMany({ where: { action: "operator.sign_in_failed" }, orderBy: { id: "asc" } });

async function lockOut(): Promise<void> {
  for (let n = 0; n < 5; n++) await outcome(guess());
  expect(await outcome(right())).toBe("sign_in_locked");
}

describe("strangers who guess", () => {
  test("do not keep a browser out that has signed in before, and that browser is locked by its own failures", async () => {
    const browser = browserCookie(context().secrets, undefined);
    await right(browser);
    await lockOut();
    expect(await outcome(right(browser))).toBe("ok");
    for (let n = 0; n < 5; n++) expect(await outcome(guess(ana.email, stranger(), browser))).toBe("sign_in_failed");
    expect(await outcome(right(browser))).toBe("sign_in_locked");
  });

  test("gain nothing by the browser of another operator, or by one of their own making", async () => {
    const bea = await createTestOperator(context(), "viewer");
    const hers = browserCookie(context().secrets, undefined);
    await signIn(context(), stranger(), { email: bea.email, password: TEST_PASSWORD, browser: hers });
    await lockOut();
    expect(await outcome(guess(ana.email, stranger(), hers))).toBe("sign_in_locked");

    const foreign = createSecretBox("ff".repeat(32));
    for (const forged of [browserCookie(foreign, undefined), "x", "x.y", ".", ""]) {
      expect(browserCookie(context().secrets, forged)).not.toBe(forged);
    }
    expect(browserCookie(context().secrets, hers)).toBe(hers);
  });

  test("do not keep the operator from changing the password; whoever is signed in is locked by their own failures", async () => {
    await lockOut();
    const change = (actor: Operator, currentPassword: string, newPassword: string) =>
      changeOwnPassword(context(), actor, { currentPassword, newPassword });
    const here = { ...ana, sessionId: "here" };
    for (let n = 0; n < 5; n++) expect(await outcome(change(here, "a guess", TEST_PASSWORD))).toBe("invalid_parameter");
    expect(await outcome(change(here, TEST_PASSWORD, TEST_PASSWORD))).toBe("sign_in_locked");
    expect(await outcome(change({ ...ana, sessionId: "there" }, TEST_PASSWORD, "violin ladder 22 winter"))).toBe("ok");
  });

  test("are unlocked by another owner and on the command line, which the audit log says", async () => {
    const bea = await createTestOperator(context(), "owner");
    const admin = await createTestOperator(context(), "admin");
    await lockOut();
    const lockedUntil = async () =>
      (await listOperators(context(), bea)).operators.find(({ id }) => id === ana.operatorId)?.lockedUntil;
    expect(await lockedUntil()).toBeInstanceOf(Date);
    await expect(unlockOperator(context(), admin, { email: ana.email })).rejects.toMatchObject({ code: "forbidden" });
    await unlockOperator(context(), bea, { email: ana.email });
    expect(await lockedUntil()).toBeNull();
    expect(await outcome(right())).toBe("ok");
    await lockOut();
    await unlockOperator(context(), systemOf(null), { email: ana.email });
    expect(await outcome(right())).toBe("ok");
    const entries = await context().db.prisma.auditEntry.findMany({ where: { action: "operator.unlocked" } });
    expect(entries.map(({ actorName, targetName }) => [actorName, targetName])).toEqual([
      [bea.name, ana.email],
      ["Command line", ana.email],
    ]);
  });

  test("with a password set anew, no browser is known any more", async () => {
    const browser = browserCookie(context().secrets, undefined);
    await right(browser);
    await resetPassword(context(), systemOf(null), { email: ana.email, password: TEST_PASSWORD });
    await lockOut();
    expect(await outcome(right(browser))).toBe("sign_in_locked");
  });
});

describe("a network that guesses at many addresses", () => {
  test("is locked after thirty failures, in whatever /64, and known browsers in it are not", async () => {
    const browser = browserCookie(context().secrets, undefined);
    const inNetwork = (n: number) => from(`2001:db8:0:${network}::${n.toString(16)}`);
    await right(browser, inNetwork(1));
    for (let n = 1; n <= 31; n++) {
      expect(await outcome(guess(`nobody-${n}@example.com`, inNetwork(n)))).toBe("sign_in_failed");
    }
    await expect(guess("nobody-32@example.com", inNetwork(32))).rejects.toMatchObject({
      code: "sign_in_locked",
      message: expect.stringContaining("from your network. Try again in 30 seconds"),
    });
    expect(await outcome(right("", inNetwork(33)))).toBe("sign_in_locked");
    expect(await outcome(right(browser, inNetwork(1)))).toBe("ok");
    expect(await outcome(right("", from(`2001:db8:1:${network}::1`)))).toBe("ok");
    context().advance(31_000);
    expect(await outcome(right("", inNetwork(33)))).toBe("ok");
  });

  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["", null],
    ["not an address", null],
  ])("%s counts as %s", (ip, source) => {
    expect(sourceOf(ip)).toBe(source);
  });

  test("writes ever fewer entries about addresses that nobody has, which say how many there were", async () => {
    context().advance(3_600_001);
    const before = (await failures()).length;
    for (let n = 1; n <= 25; n++) await outcome(guess(`ghost-${n}@example.com`));
    const entries = (await failures()).slice(before);
    expect(entries.map(({ after }) => after)).toEqual(
      [1, 2, 5, 10, 20].map((count) => ({ unknownAddresses: true, failures: count })),
    );
    expect(new Set(entries.map(({ targetId }) => targetId))).toEqual(new Set([""]));
  });
});

describe("the work of checking guesses", () => {
  test("whoever is known waits for no stranger", async () => {
    const hash = await hashPassword(TEST_PASSWORD);
    let strangersDone = 0;
    const flood = Array.from({ length: 24 }, () =>
      verifyPassword(hash, "a guess", true).then(() => {
        strangersDone += 1;
      }),
    );
    expect(await verifyPassword(hash, TEST_PASSWORD, false)).toBe(true);
    expect(strangersDone).toBeLessThan(12);
    await Promise.all(flood);
  });

  test("of any number of guesses at once a process holds sixty-four, and refuses the rest at once", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        outcome(guess(`crowd-${network}-${n}@example.com`, from(`203.0.113.${n}`))),
      ),
    );
    expect(outcomes.filter((code) => code === "rate_limited").length).toBe(36);
    expect(outcomes.filter((code) => code === "sign_in_failed").length).toBe(64);
  });
});
