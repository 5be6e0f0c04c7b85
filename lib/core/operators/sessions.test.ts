import { beforeEach, describe, expect, test } from "vitest";
import { testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { changeOwnPassword } from "./change-own-password";
import { changeRole } from "./change-role";
import { checkSession } from "./check-session";
import { disableOperator } from "./disable-operator";
import { enableOperator } from "./enable-operator";
import { listOwnSessions } from "./list-sessions";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";
import { signOutEverywhere, signOutOperator } from "./sign-out-everywhere";

const context = testContext();
const HOUR = 3_600_000;
let owner: Operator;
let bea: Operator;

beforeEach(async () => {
  owner = await createTestOperator(context(), "owner");
  bea = await createTestOperator(context(), "support");
});

const open = async (operator: Operator, password = TEST_PASSWORD) =>
  (await signIn(context(), visitor(), { email: operator.email, password, userAgent: "Test browser" })).sessionId;
const state = async (sessionId: string, touch = false) => {
  const found = await checkSession(context(), sessionId, { touch });
  return found.active ? found.operator.holds.everywhere : found.reason;
};

describe("checkSession", () => {
  test("an invented session is none", async () => {
    expect(await state("00000000-0000-4000-8000-000000000000")).toBe("none");
  });

  test("a changed role acts on the next check", async () => {
    const session = await open(bea);
    expect(await state(session)).toBe("support");
    await changeRole(context(), owner, { operatorId: bea.operatorId, role: "viewer" });
    expect(await state(session)).toBe("viewer");
  });

  test("disabling ends every session at once; enabling does not bring them back", async () => {
    const session = await open(bea);
    await disableOperator(context(), owner, { operatorId: bea.operatorId });
    expect(await state(session)).toBe("disabled");
    await enableOperator(context(), owner, { operatorId: bea.operatorId });
    expect(await state(session)).toBe("signed_out");
    expect(await state(await open(bea))).toBe("support");
  });

  test("ends after 12 hours idle, and polling does not keep it alive", async () => {
    const session = await open(bea);
    context().advance(11 * HOUR);
    expect(await state(session, false)).toBe("support");
    context().advance(2 * HOUR);
    expect(await state(session)).toBe("idle");
  });

  test("a page keeps it alive, for 30 days in any case", async () => {
    const session = await open(bea);
    for (let hours = 0; hours < 30 * 24 - 12; hours += 11) {
      context().advance(11 * HOUR);
      expect(await state(session, true)).toBe("support");
    }
    context().advance(11 * HOUR);
    await state(session, true);
    context().advance(11 * HOUR);
    expect(await state(session, true)).toBe("expired");
  });

  test("last seen is written at most once a minute", async () => {
    const session = await open(bea);
    const seen = async () => (await listOwnSessions(context(), bea))[0]?.lastSeenAt.getTime() ?? 0;
    const first = await seen();
    context().advance(30_000);
    await state(session, true);
    expect(await seen()).toBe(first);
    context().advance(31_000);
    await state(session, true);
    expect(await seen()).toBeGreaterThan(first + 60_000);
  });
});

describe("signing out", () => {
  test("ends this session and no other", async () => {
    const [here, there] = [await open(bea), await open(bea)];
    await signOut(context(), bea, { sessionId: here });
    expect([await state(here), await state(there)]).toEqual(["signed_out", "support"]);
  });

  test("nobody ends another operator's session by its id", async () => {
    const session = await open(bea);
    await signOut(context(), owner, { sessionId: session });
    expect(await state(session)).toBe("support");
  });

  test("everywhere ends all of one's own sessions and nobody else's", async () => {
    const sessions = [await open(bea), await open(bea), await open(owner)];
    expect(await signOutEverywhere(context(), bea)).toEqual({ ended: 2 });
    expect(await Promise.all(sessions.map((session) => state(session)))).toEqual(["signed_out", "signed_out", "owner"]);
  });

  test("only an owner signs another operator out", async () => {
    const session = await open(bea);
    const admin = await createTestOperator(context(), "admin");
    await expect(signOutOperator(context(), admin, { operatorId: bea.operatorId })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await state(session)).toBe("support");
    await signOutOperator(context(), owner, { operatorId: bea.operatorId });
    expect(await state(session)).toBe("signed_out");
  });
});

describe("changeOwnPassword", () => {
  const NEW = "another good password";

  test("keeps this session, ends the others, and only the new password signs in", async () => {
    const [here, there] = [await open(bea), await open(bea)];
    const self = { ...bea, sessionId: here };
    const changed = await changeOwnPassword(context(), self, { currentPassword: TEST_PASSWORD, newPassword: NEW });
    expect(changed).toEqual({ sessionsEnded: 1 });
    expect([await state(here), await state(there)]).toEqual(["support", "signed_out"]);
    await expect(open(bea)).rejects.toMatchObject({ code: "sign_in_failed" });
    expect(await state(await open(bea, NEW))).toBe("support");
  });

  test("asks for the current password, and guessing it is slowed down", async () => {
    const guess = () =>
      changeOwnPassword(context(), bea, { currentPassword: "a guess", newPassword: NEW }).catch(
        (error: { code: string; field?: string }) => `${error.code} ${error.field ?? ""}`.trim(),
      );
    const outcomes = [];
    for (let n = 0; n < 6; n++) outcomes.push(await guess());
    expect(outcomes).toEqual([...Array(5).fill("invalid_parameter currentPassword"), "sign_in_locked"]);
  });

  test.each([
    ["short", "too short"],
    ["x".repeat(129), "too long"],
  ])("refuses %s", async (newPassword) => {
    await expect(
      changeOwnPassword(context(), bea, { currentPassword: TEST_PASSWORD, newPassword }),
    ).rejects.toMatchObject({ issues: [expect.objectContaining({ path: ["newPassword"] })] });
  });

  test("refuses the e-mail address as the password", async () => {
    await expect(
      changeOwnPassword(context(), bea, { currentPassword: TEST_PASSWORD, newPassword: bea.email.toUpperCase() }),
    ).rejects.toMatchObject({ code: "invalid_parameter", field: "newPassword" });
  });
});
