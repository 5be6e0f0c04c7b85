import { generateSync } from "otplib";
import { beforeEach, describe, expect, test } from "vitest";
import { Authenticator } from "@/test/support/authenticator";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import type { AppError, SecondStep } from "../errors";
import { changeSignInRules } from "../operators/change-sign-in-rules";
import { checkSession } from "../operators/check-session";
import { createPasswordLink } from "../operators/create-password-link";
import { disableOperator } from "../operators/disable-operator";
import { finishSignIn, signInWithPasskey } from "../operators/finish-sign-in";
import { resetPassword, setPasswordByLink } from "../operators/reset-password";
import type { FinishSignInInput } from "../operators/schema";
import { signIn } from "../operators/sign-in";
import { addPasskey, askForNewPasskey } from "./add-passkey";
import { listOwnFactors } from "./list-own-factors";
import { siteOf } from "./passkey";
import { askForAnyPasskey } from "./prove-factor";
import { makeRecoveryCodes, removeApp, removePasskey, resetFactors } from "./remove-factor";
import { confirmApp, offerApp } from "./set-up-app";

const context = testContext();
const SITE = { origin: "https://console.example.com", id: "console.example.com" };
const STEP_MS = 30_000;
let ana: Operator;

beforeEach(async () => {
  ana = await createTestOperator(context(), "owner");
  // No later than the next step, so that a code of now is one that was not used yet.
  context().advance(STEP_MS);
});

const codeOf = (secret: string) => generateSync({ secret, epoch: Math.floor(context().now() / 1_000) });

async function withApp(operator = ana) {
  const { secret, ticket } = await offerApp(context(), operator);
  const { recoveryCodes } = await confirmApp(context(), operator, { ticket, code: codeOf(secret) });
  context().advance(STEP_MS);
  return { secret, codes: recoveryCodes ?? [] };
}

async function withPasskey(operator = ana, verifies = true) {
  const device = new Authenticator(SITE, verifies);
  const { ticket, options } = await askForNewPasskey(context(), operator, SITE);
  const { recoveryCodes } = await addPasskey(context(), operator, SITE, {
    ticket,
    response: device.create(options),
    name: "Ana’s key",
  });
  return { device, codes: recoveryCodes ?? [] };
}

async function firstStep(operator = ana): Promise<SecondStep> {
  const refused: AppError = await signIn(
    context(),
    visitor(),
    { email: operator.email, password: TEST_PASSWORD },
    SITE,
  ).then(
    () => expect.unreachable("the password alone signed in"),
    (error) => error,
  );
  expect(refused.code).toBe("second_factor_needed");
  if (refused.secondStep === undefined) throw new Error("no second step");
  return refused.secondStep;
}

const finish = (input: FinishSignInInput) => finishSignIn(context(), visitor(), input, SITE);
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
/** The question for a passkey of a second step, which must be there. */
function questionOf({ passkey }: SecondStep): { ticket: string; options: { challenge: string } } {
  if (passkey === null) throw new Error("no passkey was asked for");
  return passkey as { ticket: string; options: { challenge: string } };
}

describe("an authenticator app", () => {
  test("is asked for after the right password and opens a session, which the audit log tells", async () => {
    const { secret } = await withApp();
    const { ticket, app, passkey } = await firstStep();
    expect({ app, passkey }).toEqual({ app: true, passkey: null });
    const { sessionId } = await finish({ ticket, code: codeOf(secret) });
    expect(await checkSession(context(), sessionId, { touch: false })).toMatchObject({ active: true });
    const entry = await context().db.prisma.auditEntry.findFirst({
      where: { targetId: ana.operatorId, action: "operator.signed_in" },
    });
    expect(entry?.after).toEqual({ by: "password and authenticator app" });
  });

  test("of any number of the same code at once, and of its neighbours before, one is taken", async () => {
    const { secret } = await withApp();
    const steps = await Promise.all(Array.from({ length: 4 }, () => firstStep()));
    const code = codeOf(secret);
    const outcomes = await Promise.all(steps.map(({ ticket }) => outcome(finish({ ticket, code }))));
    expect(outcomes.toSorted()).toEqual(["ok", "sign_in_failed", "sign_in_failed", "sign_in_failed"]);
    context().advance(STEP_MS);
    const { ticket } = await firstStep();
    expect(await outcome(finish({ ticket, code }))).toBe("sign_in_failed");
  });

  test("guesses are counted for the operator, however often the password is sent again, and known ones do not unlock", async () => {
    await withApp();
    for (let n = 0; n < 5; n++) {
      const { ticket } = await firstStep();
      expect(await outcome(finish({ ticket, code: `00000${n}` }))).toBe("sign_in_failed");
    }
    const { ticket } = await firstStep();
    expect(await outcome(finish({ ticket, code: "000009" }))).toBe("sign_in_locked");
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { targetId: ana.operatorId, action: "operator.sign_in_failed" },
    });
    expect(entries).toHaveLength(5);
  });

  test("the first step lasts five minutes, works once, and not after the password was changed or the account disabled", async () => {
    const { secret, codes } = await withApp();
    const late = await firstStep();
    context().advance(5 * 60_000 + 1);
    expect(await outcome(finish({ ticket: late.ticket, code: codeOf(secret) }))).toBe("link_invalid");

    const once = await firstStep();
    expect(await outcome(finish({ ticket: once.ticket, code: codeOf(secret) }))).toBe("ok");
    expect(await outcome(finish({ ticket: once.ticket, code: codes[0] ?? "" }))).toBe("link_invalid");

    const changed = await firstStep();
    await resetPassword(context(), systemOf(null), { email: ana.email, password: TEST_PASSWORD });
    expect(await outcome(finish({ ticket: changed.ticket, code: codes[1] ?? "" }))).toBe("link_invalid");

    const disabled = await firstStep();
    await createTestOperator(context(), "owner");
    await disableOperator(context(), systemOf(null), { operatorId: ana.operatorId });
    expect(await outcome(finish({ ticket: disabled.ticket, code: codes[2] ?? "" }))).toBe("link_invalid");
  });

  test("nothing is turned on without a code of the offered secret, by somebody else's offer, or by a ticket for something else", async () => {
    const bea = await createTestOperator(context(), "viewer");
    const { secret, ticket } = await offerApp(context(), ana);
    expect(await outcome(confirmApp(context(), ana, { ticket, code: "000000" }))).toBe("invalid_parameter");
    expect(await outcome(confirmApp(context(), bea, { ticket, code: codeOf(secret) }))).toBe("link_invalid");
    await withApp(bea);
    const step = await firstStep(bea);
    expect(await outcome(confirmApp(context(), ana, { ticket: step.ticket, code: codeOf(secret) }))).toBe(
      "link_invalid",
    );
    expect(await outcome(finish({ ticket, code: codeOf(secret) }))).toBe("link_invalid");
    expect((await listOwnFactors(context(), ana, SITE)).factors).toEqual([]);
  });

  test("is asked for all the same after a lost password came back by a link", async () => {
    const { secret } = await withApp();
    const link = await createPasswordLink(context(), systemOf(null), { operatorId: ana.operatorId });
    const password = "violin ladder 22 winter";
    await setPasswordByLink(context(), visitor(), { secret: link.secret, password });
    const refused: AppError = await signIn(context(), visitor(), { email: ana.email, password }, SITE).then(
      () => expect.unreachable("the link alone signed in"),
      (error) => error,
    );
    expect(refused.code).toBe("second_factor_needed");
    const ticket = refused.secondStep?.ticket ?? "";
    expect(await outcome(finish({ ticket, code: codeOf(secret) }))).toBe("ok");
  });

  test("its secret and the recovery codes are stored so that the database alone gives none of them", async () => {
    const { secret, codes } = await withApp();
    const { rows } = await context().db.pool.query(
      "SELECT encode(secret_encrypted, 'escape') AS stored FROM authenticator_apps UNION ALL SELECT code_hash FROM recovery_codes",
    );
    const stored = JSON.stringify(rows);
    for (const clear of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
      expect(stored).not.toContain(clear);
    }
  });
});

describe("recovery codes", () => {
  test("have more than 112 random bits", async () => {
    const { codes } = await withApp();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-hj-km-np-z2-9]{4}-){5}[a-hj-km-np-z2-9]{4}$/);
    expect(24 * Math.log2(31)).toBeGreaterThan(112);
  });

  test("stand in for a lost factor once each, however they are typed; new ones take the place of the old", async () => {
    const { codes } = await withApp();
    expect(codes).toHaveLength(10);
    expect(await outcome(finish({ ticket: (await firstStep()).ticket, code: codes[0] ?? "" }))).toBe("ok");
    expect(await outcome(finish({ ticket: (await firstStep()).ticket, code: codes[0] ?? "" }))).toBe("sign_in_failed");
    const typed = ` ${(codes[1] ?? "").toUpperCase().replaceAll("-", " ")} `;
    expect(await outcome(finish({ ticket: (await firstStep()).ticket, code: typed }))).toBe("ok");
    expect(await listOwnFactors(context(), ana, SITE)).toMatchObject({ codesLeft: 8 });

    const { recoveryCodes } = await makeRecoveryCodes(context(), ana);
    expect(await outcome(finish({ ticket: (await firstStep()).ticket, code: codes[2] ?? "" }))).toBe("sign_in_failed");
    expect(await outcome(finish({ ticket: (await firstStep()).ticket, code: recoveryCodes[0] ?? "" }))).toBe("ok");
  });

  test("of one operator open nobody else's account, and of the same one sent at once one is taken", async () => {
    const bea = await createTestOperator(context(), "viewer");
    const { codes } = await withApp();
    await withApp(bea);
    expect(await outcome(finish({ ticket: (await firstStep(bea)).ticket, code: codes[0] ?? "" }))).toBe(
      "sign_in_failed",
    );
    const steps = await Promise.all([firstStep(), firstStep(), firstStep()]);
    const outcomes = await Promise.all(steps.map(({ ticket }) => outcome(finish({ ticket, code: codes[0] ?? "" }))));
    expect(outcomes.filter((one) => one === "ok")).toHaveLength(1);
  });
});

describe("a passkey", () => {
  const alone = async (device: Authenticator, operatorVisitor = visitor()) => {
    const { ticket, options } = await askForAnyPasskey(context(), SITE);
    const passkey = { ticket, response: device.prove(options) };
    return { passkey, tried: signInWithPasskey(context(), operatorVisitor, SITE, { passkey }) };
  };

  test("signs in by itself, also while strangers lock the address, and its answer works once", async () => {
    const { device } = await withPasskey();
    for (let n = 0; n < 5; n++) {
      await outcome(signIn(context(), visitor(), { email: ana.email, password: "not the password" }));
    }
    const { passkey, tried } = await alone(device);
    expect(await tried).toMatchObject({ operator: { id: ana.operatorId } });
    expect(await outcome(signInWithPasskey(context(), visitor(), SITE, { passkey }))).toBe("sign_in_failed");
  });

  test("is a second factor after the password, for its own operator and question only", async () => {
    const bea = await createTestOperator(context(), "viewer");
    const mine = await withPasskey();
    const hers = await withPasskey(bea);
    const step = await firstStep();
    const question = questionOf(step);
    const theirs = { ticket: question.ticket, response: hers.device.prove(question.options) };
    expect(await outcome(finish({ ticket: step.ticket, passkey: theirs }))).toBe("sign_in_failed");
    const other = await askForAnyPasskey(context(), SITE);
    const swapped = { ticket: other.ticket, response: mine.device.prove(other.options) };
    expect(await outcome(finish({ ticket: step.ticket, passkey: swapped }))).toBe("sign_in_failed");
    const right = { ticket: question.ticket, response: mine.device.prove(question.options) };
    expect(await outcome(finish({ ticket: step.ticket, passkey: right }))).toBe("ok");
  });

  test("that asked for no finger, face or PIN is a second factor and not enough alone", async () => {
    const { device } = await withPasskey(ana, false);
    expect(await outcome((await alone(device)).tried)).toBe("sign_in_failed");
    const step = await firstStep();
    const question = questionOf(step);
    const passkey = { ticket: question.ticket, response: device.prove(question.options) };
    expect(await outcome(finish({ ticket: step.ticket, passkey }))).toBe("ok");
  });

  test("made or proven at another site, for another question, too late or by nobody counts for nothing", async () => {
    const { device } = await withPasskey();
    const phisher = new Authenticator({ origin: "https://console.example.net", id: "console.example.net" });
    const asked = await askForNewPasskey(context(), ana, SITE);
    const made = { ticket: asked.ticket, response: phisher.create(asked.options), name: "Phisher" };
    expect(await outcome(addPasskey(context(), ana, SITE, made))).toBe("forbidden");

    const { ticket } = await askForAnyPasskey(context(), SITE);
    const tries = [
      { ticket, response: device.prove({ challenge: Buffer.from("of my own").toString("base64url") }) },
      { ticket, response: new Authenticator(SITE).prove((await askForAnyPasskey(context(), SITE)).options) },
      { ticket, response: "not json" },
      { ticket, response: "{}" },
      { ticket: "x", response: device.prove((await askForAnyPasskey(context(), SITE)).options) },
    ];
    for (const passkey of tries) {
      expect(await outcome(signInWithPasskey(context(), visitor(), SITE, { passkey }))).toBe("sign_in_failed");
    }
    const late = await askForAnyPasskey(context(), SITE);
    context().advance(5 * 60_000 + 1);
    const passkey = { ticket: late.ticket, response: device.prove(late.options) };
    expect(await outcome(signInWithPasskey(context(), visitor(), SITE, { passkey }))).toBe("sign_in_failed");
  });

  test("of a disabled operator opens nothing", async () => {
    await createTestOperator(context(), "owner");
    const { device } = await withPasskey();
    await disableOperator(context(), systemOf(null), { operatorId: ana.operatorId });
    expect(await outcome((await alone(device)).tried)).toBe("sign_in_failed");
  });

  test.each([
    ["https://console.example.com", { origin: "https://console.example.com", id: "console.example.com" }],
    ["http://localhost:3000", { origin: "http://localhost:3000", id: "localhost" }],
    ["http://console.example.com", null],
    ["https://192.0.2.7", null],
    ["https://[2001:db8::1]", null],
  ])("a console at %s has the site %j", (url, site) => {
    expect(siteOf(url)).toEqual(site);
  });
});

describe("turning factors off", () => {
  test("leaves the password alone once the last is gone, and one's own factors alone", async () => {
    const bea = await createTestOperator(context(), "viewer");
    const { device } = await withPasskey();
    await withApp();
    await expect(removePasskey(context(), bea, { passkeyId: device.id })).rejects.toMatchObject({ code: "not_found" });
    await removePasskey(context(), ana, { passkeyId: device.id });
    await firstStep();
    await removeApp(context(), ana);
    await signIn(context(), visitor(), { email: ana.email, password: TEST_PASSWORD });
    expect(await listOwnFactors(context(), ana, SITE)).toMatchObject({ factors: [], codesLeft: 0 });
  });

  test("of another operator is an owner's, and of oneself by hand only", async () => {
    const bea = await createTestOperator(context(), "admin");
    const owner = await createTestOperator(context(), "owner");
    await withApp(bea);
    const admin = await createTestOperator(context(), "admin");
    await expect(resetFactors(context(), admin, { operatorId: bea.operatorId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(resetFactors(context(), owner, { operatorId: owner.operatorId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await resetFactors(context(), owner, { operatorId: bea.operatorId });
    await signIn(context(), visitor(), { email: bea.email, password: TEST_PASSWORD });
  });

  test("test operators and tokens have none", async () => {
    for (const actor of [
      { ...ana, test: { appId: null } },
      { ...ana, source: "console_api" as const, token: { id: "tok", name: "ci", scopes: ["read" as const] } },
    ]) {
      await expect(offerApp(context(), actor)).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("a role that needs a second factor", () => {
  const rules = (support: string | null) => ({
    secondFactorFrom: { viewer: null, support, admin: null, owner: null },
    idleHours: 12,
    maxDays: 30,
  });
  const day = (days: number) => new Date(context().now() + days * 86_400_000).toISOString().slice(0, 10);

  test("holds from its day on, in sessions that are open as well, until one is set up; the last one stays", async () => {
    const bea = await createTestOperator(context(), "support");
    const { sessionId } = await signIn(context(), visitor(), { email: bea.email, password: TEST_PASSWORD });
    const missing = async () => {
      const state = await checkSession(context(), sessionId, { touch: false });
      return state.active && state.factorMissing;
    };
    await expect(changeSignInRules(context(), bea, rules(day(0)))).rejects.toMatchObject({ code: "forbidden" });
    await changeSignInRules(context(), ana, rules(day(2)));
    expect(await missing()).toBe(false);
    await changeSignInRules(context(), ana, rules(day(0)));
    expect(await missing()).toBe(true);
    await withApp(bea);
    expect(await missing()).toBe(false);
    await expect(removeApp(context(), bea)).rejects.toMatchObject({ code: "forbidden" });
    await firstStep(bea);
    await resetFactors(context(), ana, { operatorId: bea.operatorId });
    expect(await missing()).toBe(true);
    await changeSignInRules(context(), ana, rules(null));
    expect(await missing()).toBe(false);
  });

  test("sessions last as long as the rules say, those that are open as well", async () => {
    const { sessionId } = await signIn(context(), visitor(), { email: ana.email, password: TEST_PASSWORD });
    const state = async () => {
      const found = await checkSession(context(), sessionId, { touch: true });
      return found.active ? "open" : found.reason;
    };
    await changeSignInRules(context(), ana, { ...rules(null), idleHours: 1, maxDays: 1 });
    context().advance(59 * 60_000);
    expect(await state()).toBe("open");
    context().advance(61 * 60_000);
    expect(await state()).toBe("idle");
    await changeSignInRules(context(), ana, { ...rules(null), idleHours: 48, maxDays: 1 });
    expect(await state()).toBe("open");
    context().advance(24 * 3_600_000);
    expect(await state()).toBe("expired");
    await changeSignInRules(context(), ana, rules(null));
  });

  test("is not changed over what somebody else has changed meanwhile", async () => {
    await changeSignInRules(context(), ana, rules(null));
    await changeSignInRules(context(), ana, { ...rules(null), idleHours: 6 });
    await expect(
      changeSignInRules(context(), ana, { ...rules(null), maxDays: 7, seen: rules(null) }),
    ).rejects.toMatchObject({ code: "version_conflict" });
    await changeSignInRules(context(), ana, rules(null));
  });
});
