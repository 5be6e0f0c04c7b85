import { beforeEach, describe, expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { browserCookie } from "./browser";
import { checkSession } from "./check-session";
import { createPasswordLink } from "./create-password-link";
import { disableOperator } from "./disable-operator";
import { findPasswordLinkOwner, setPasswordByLink } from "./reset-password";
import { signIn } from "./sign-in";
import { dismissNewSignIn, endOtherSessions } from "./sign-out-everywhere";

const context = testContext();
const NEW_PASSWORD = "violin ladder 22 winter";
let owner: Operator;
let bea: Operator;

beforeEach(async () => {
  owner = await createTestOperator(context(), "owner");
  bea = await createTestOperator(context(), "support");
});

const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const open = (browser = "", password = TEST_PASSWORD) =>
  signIn(context(), visitor(), { email: bea.email, password, browser });
const state = async (sessionId: string) => {
  const found = await checkSession(context(), sessionId, { touch: false });
  return found.active ? "open" : found.reason;
};
const use = (secret: string, password = NEW_PASSWORD) => setPasswordByLink(context(), visitor(), { secret, password });

describe("a link to a new password", () => {
  test("sets it once: the old password, all sessions and the link itself are out, which the audit log tells", async () => {
    const { sessionId } = await open();
    const { secret } = await createPasswordLink(context(), owner, { operatorId: bea.operatorId });
    expect(await findPasswordLinkOwner(context(), secret)).toEqual({ email: bea.email, name: bea.name });
    expect(await state(sessionId)).toBe("open");
    const outcomes = await Promise.all([use(secret), use(secret), use(secret)].map(outcome));
    expect(outcomes.toSorted()).toEqual(["link_invalid", "link_invalid", "ok"]);
    expect(await state(sessionId)).toBe("signed_out");
    expect(await outcome(open())).toBe("sign_in_failed");
    expect(await outcome(open("", NEW_PASSWORD))).toBe("ok");
    expect(await findPasswordLinkOwner(context(), secret)).toBeNull();
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { targetId: bea.operatorId, action: { startsWith: "operator.password" } },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ action, actorName }) => [action, actorName])).toEqual([
      ["operator.password_link_made", owner.name],
      ["operator.password_changed", "Someone"],
    ]);
  });

  test("that is guessed, late, replaced, or of a disabled operator sets nothing", async () => {
    const first = await createPasswordLink(context(), owner, { operatorId: bea.operatorId });
    const second = await createPasswordLink(context(), systemOf(null), { operatorId: bea.operatorId });
    expect(await outcome(use(first.secret))).toBe("link_invalid");
    expect(await outcome(use("guessed"))).toBe("link_invalid");
    expect(await outcome(use(second.secret, "Password1234!"))).toBe("invalid_parameter");
    await disableOperator(context(), owner, { operatorId: bea.operatorId });
    expect(await outcome(use(second.secret))).toBe("link_invalid");
    const cleo = await createTestOperator(context(), "viewer");
    const late = await createPasswordLink(context(), owner, { operatorId: cleo.operatorId });
    context().advance(24 * 3_600_000 + 1);
    expect(await outcome(use(late.secret))).toBe("link_invalid");
  });

  test("is made by owners for others, and stored as a hash", async () => {
    const admin = await createTestOperator(context(), "admin");
    expect(await outcome(createPasswordLink(context(), admin, { operatorId: bea.operatorId }))).toBe("forbidden");
    expect(await outcome(createPasswordLink(context(), owner, { operatorId: owner.operatorId }))).toBe("forbidden");
    const { secret } = await createPasswordLink(context(), owner, { operatorId: bea.operatorId });
    expect(JSON.stringify(await context().db.prisma.passwordLink.findMany())).not.toContain(secret);
  });
});

describe("signing in", () => {
  const cookie = () => browserCookie(context().secrets, undefined);
  const notice = async (sessionId: string) => {
    const found = await checkSession(context(), sessionId, { touch: false });
    return found.active ? found.newSignInAt : null;
  };

  test("again in the same browser takes the place of the session there, and of no other", async () => {
    const [here, there] = [cookie(), cookie()];
    const first = await open(here);
    const other = await open(there);
    const again = await open(here);
    expect(await Promise.all([first, other, again].map(({ sessionId }) => state(sessionId)))).toEqual([
      "signed_out",
      "open",
      "open",
    ]);
  });

  test("in a new browser is told to the sessions from before until it was seen, and not to the new one", async () => {
    const [here, there] = [cookie(), cookie()];
    const first = await open(here);
    expect(await notice(first.sessionId)).toBeNull();
    context().advance(1_000);
    const second = await open(there);
    expect(await notice(first.sessionId)).toBeInstanceOf(Date);
    expect(await notice(second.sessionId)).toBeNull();
    await dismissNewSignIn(context(), bea);
    expect(await notice(first.sessionId)).toBeNull();
    context().advance(1_000);
    await open(there);
    expect(await notice(first.sessionId)).toBeNull();
  });

  test("everywhere else is ended by one act, which leaves the session that asks", async () => {
    const [here, there] = [await open(cookie()), await open(cookie())];
    expect(await endOtherSessions(context(), { ...bea, sessionId: here.sessionId })).toEqual({ ended: 1 });
    expect([await state(here.sessionId), await state(there.sessionId)]).toEqual(["open", "signed_out"]);
  });
});
