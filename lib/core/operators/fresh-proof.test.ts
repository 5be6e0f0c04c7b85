import { generateSync } from "otplib";
import { beforeEach, describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext, withRole } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { changePlan } from "../apps/change-plan";
import { deleteApp } from "../apps/delete-app";
import { refreshAppSecret } from "../apps/refresh-app-secret";
import { revealAppSecret } from "../apps/reveal-app-secret";
import { askForNewPasskey } from "../factors/add-passkey";
import { makeRecoveryCodes, removeApp, resetFactors } from "../factors/remove-factor";
import { confirmApp, offerApp } from "../factors/set-up-app";
import { createToken } from "../operator-tokens/create-token";
import { PERMISSIONS, type Permission, requirePermission } from "../permissions";
import { changeRole } from "./change-role";
import { changeSignInRules } from "./change-sign-in-rules";
import { checkSession } from "./check-session";
import { askForConfirmation, confirmIdentity } from "./confirm-identity";
import { disableOperator } from "./disable-operator";
import { endSession } from "./end-session";
import { inviteOperator } from "./invite-operator";
import { removeOperator } from "./remove-operator";
import { signIn } from "./sign-in";
import { endOtherSessions } from "./sign-out-everywhere";
import { unlockOperator } from "./unlock-operator";

const context = testContext();
const MINUTE = 60_000;
let ana: Operator;
let sessionId: string;

beforeEach(async () => {
  ana = await createTestOperator(context(), "owner");
  ({ sessionId } = await signIn(context(), visitor(), { email: ana.email, password: TEST_PASSWORD }));
  ana = { ...ana, sessionId };
});

const fresh = async () => {
  const state = await checkSession(context(), sessionId, { touch: true });
  return state.active && state.fresh;
};
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const confirm = (input: Parameters<typeof confirmIdentity>[3]) => confirmIdentity(context(), ana, null, input);

const FRESH = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => "fresh" in PERMISSIONS[permission]);

describe("a fresh proof", () => {
  test("is a sign-in, and the password again, for five minutes each", async () => {
    expect(await fresh()).toBe(true);
    context().advance(5 * MINUTE + 1);
    expect(await fresh()).toBe(false);
    await expect(confirm({ password: "not the password" })).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "password",
    });
    expect(await fresh()).toBe(false);
    await confirm({ password: TEST_PASSWORD });
    expect(await fresh()).toBe(true);
    context().advance(5 * MINUTE + 1);
    expect(await fresh()).toBe(false);
  });

  test("is the second factor for whoever has one: the password alone is not enough any more", async () => {
    const { secret, ticket } = await offerApp(context(), ana);
    const codeNow = () => generateSync({ secret, epoch: Math.floor(context().now() / 1_000) });
    await confirmApp(context(), ana, { ticket, code: codeNow() });
    context().advance(6 * MINUTE);
    expect(await askForConfirmation(context(), ana, null)).toEqual({ password: false, app: true, passkey: null });
    expect(await outcome(confirm({ password: TEST_PASSWORD }))).toBe("invalid_parameter");
    expect(await fresh()).toBe(false);
    await confirm({ code: codeNow() });
    expect(await fresh()).toBe(true);
  });

  test("is of one session: what is proven in another says nothing of a stolen one, whose guesses lock itself", async () => {
    const { sessionId: stolen } = await signIn(context(), visitor(), { email: ana.email, password: TEST_PASSWORD });
    context().advance(6 * MINUTE);
    await confirm({ password: TEST_PASSWORD });
    expect(await checkSession(context(), stolen, { touch: false })).toMatchObject({ fresh: false });
    const thief = { ...ana, sessionId: stolen };
    for (let n = 0; n < 5; n++) {
      await outcome(confirmIdentity(context(), thief, null, { password: `guess ${n}` }));
    }
    expect(await outcome(confirmIdentity(context(), thief, null, { password: TEST_PASSWORD }))).toBe("sign_in_locked");
    expect(await outcome(confirm({ password: TEST_PASSWORD }))).toBe("ok");
  });

  test("is nothing that a token gives", async () => {
    const token = { id: "tok", name: "ci", scopes: ["read" as const] };
    const program: Operator = { ...ana, source: "console_api", token };
    expect(await outcome(confirmIdentity(context(), program, null, { password: TEST_PASSWORD }))).toBe("forbidden");
  });
});

describe("without one", () => {
  test("every permission that takes it is refused, to the highest role; with one, with a token's own rules, and to test operators it is not asked", () => {
    expect(FRESH).toEqual([
      "keys.reveal",
      "keys.refresh",
      "apps.delete",
      "apps.change_plan",
      "audit.change_retention",
      "audit.stream",
      "account.factors",
      "account.sessions",
      "account.tokens",
      "operators.manage",
    ]);
    for (const permission of FRESH) {
      const owner = operatorOf("owner", null);
      const { fresh: _, ...stale } = owner;
      for (const actor of [stale, { ...owner, fresh: false }]) {
        expect(() => requirePermission(actor, permission), permission).toThrow(
          expect.objectContaining({ code: "confirmation_needed" }),
        );
      }
      expect(() => requirePermission(owner, permission), permission).not.toThrow();
    }
    const { fresh: _, ...viewer } = operatorOf("viewer", null);
    // Whoever may not do it is told so, and asked nothing.
    expect(() => requirePermission(viewer, "operators.manage")).toThrow(expect.objectContaining({ code: "forbidden" }));
    const bench: Operator = { ...withRole(viewer, "admin"), test: { appId: null } };
    expect(() => requirePermission(bench, "keys.reveal")).not.toThrow();
  });

  test("the use cases themselves refuse, whatever the door asked before, and nothing is done", async () => {
    const { appId, development } = await createTestApp(context());
    const bea = await createTestOperator(context(), "viewer");
    const stale: Operator = { ...ana, fresh: false };
    const inApp: Operator = { ...stale, environment: development.ref };
    const before = await context().db.prisma.auditEntry.count();
    const acts: ReadonlyArray<() => Promise<unknown>> = [
      () => revealAppSecret(context(), inApp),
      () => refreshAppSecret(context(), inApp, { disconnect: false }),
      () => deleteApp(context(), stale, { appId, confirmation: "Test app" }),
      () => changePlan(context(), stale, { appId, plan: "pro" }),
      () => inviteOperator(context(), stale, { email: "new@example.com", role: "viewer" }),
      () => changeRole(context(), stale, { operatorId: bea.operatorId, role: "owner" }),
      () => disableOperator(context(), stale, { operatorId: bea.operatorId }),
      () => removeOperator(context(), stale, { operatorId: bea.operatorId, confirmation: bea.email }),
      () => unlockOperator(context(), stale, { email: bea.email }),
      () => resetFactors(context(), stale, { operatorId: bea.operatorId }),
      () =>
        changeSignInRules(context(), stale, {
          secondFactorFrom: { viewer: null, support: null, admin: null, owner: "2027-01-01" },
          idleHours: 1,
          maxDays: 1,
        }),
      () => endOtherSessions(context(), stale),
      () => endSession(context(), stale, { operatorId: stale.operatorId, sessionId }),
      () => createToken(context(), stale, { name: "ci", scopes: ["read"], appId: null, days: 1 }),
      () => offerApp(context(), stale),
      () => askForNewPasskey(context(), stale, { origin: "https://x.example", id: "x.example" }),
      () => removeApp(context(), stale),
      () => makeRecoveryCodes(context(), stale),
    ];
    for (const act of acts) expect(await outcome(act()), String(act)).toBe("confirmation_needed");
    expect(await context().db.prisma.auditEntry.count()).toBe(before);
  });
});
