import { beforeEach, describe, expect, test } from "vitest";
import { createTestApp, systemOf, testContext, withRole } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";
import type { Operator, OperatorRole, TokenScope } from "../actor";
import { changePlan } from "../apps/change-plan";
import { listAuditEntries } from "../audit/list-audit-entries";
import { checkToken, tokenActor } from "../operator-tokens/check-token";
import { createToken } from "../operator-tokens/create-token";
import { revokeToken } from "../operator-tokens/revoke-token";
import { PERMISSIONS, type Permission, requirePermission } from "../permissions";
import { countUsersElsewhere } from "../users/count-users-elsewhere";
import { findUserElsewhere } from "../users/find-user-elsewhere";
import { changeOwnAccount } from "./change-own-account";
import { changeRole } from "./change-role";
import { checkSession } from "./check-session";
import { disableOperator } from "./disable-operator";
import { listOperators } from "./list-operators";
import { deleteEndedTestOperators } from "./operator-store";
import { removeOperator } from "./remove-operator";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { signInTestOperator } from "./sign-in-test-operator";

const context = testContext();
const MINUTE = 60_000;

type TestApp = Awaited<ReturnType<typeof createTestApp>>;
let app: TestApp;
/** Whose tokens sign in test operators; another owner is always there. */
let maker: Operator;
let owner: Operator;

beforeEach(async () => {
  app = await createTestApp(context());
  maker = await createTestOperator(context(), "owner");
  owner = await createTestOperator(context(), "owner");
});

let made = 0;

interface Maker {
  readonly by?: Operator;
  readonly scopes?: TokenScope[];
  readonly appId?: string | null;
}

/** A token as the door makes an actor of it. */
async function tokenOf({ by = maker, scopes = ["operators"], appId = null }: Maker = {}) {
  made += 1;
  const { id, token, expiresAt } = await createToken(context(), by, { name: `ci-${made}`, scopes, appId, days: 1 });
  const actor = tokenActor(await checkToken(context(), token, ""), { requestId: "r", ip: "", environment: null });
  return { id, actor, caller: { expiresAt } };
}

async function signedIn(role: Exclude<OperatorRole, "guest">, from: Maker = {}) {
  const token = await tokenOf(from);
  const operator = await signInTestOperator(context(), token.actor, { role }, token.caller);
  return { ...operator, tokenId: token.id };
}

/** The test operator as the console makes an actor of it; null when the session does not count. */
async function actorOf(sessionId: string, environment = app.development.ref): Promise<Operator | null> {
  const state = await checkSession(context(), sessionId, { touch: false });
  if (!state.active) return null;
  const { id, ...operator } = state.operator;
  return {
    kind: "operator",
    source: "console",
    requestId: "r",
    ip: "",
    environment,
    operatorId: id,
    ...operator,
    role: operator.holds.everywhere,
    sessionId,
  };
}

async function requireActor(sessionId: string): Promise<Operator> {
  const actor = await actorOf(sessionId);
  if (actor === null) throw new Error("the session does not count");
  return actor;
}

describe("signing in a test operator", () => {
  test("gives a session of the role that ends by itself, and is recorded in the token’s name", async () => {
    const { sessionId, operatorId, name, expiresAt } = await signedIn("support");
    expect(Math.round((expiresAt.getTime() - context().now()) / MINUTE)).toBe(120);
    expect(await requireActor(sessionId)).toMatchObject({ role: "support", name, test: { appId: null } });
    const { rows } = await listAuditEntries(context(), owner, {
      scope: "installation",
      action: "operator.test_signed_in",
    });
    expect(rows[0]).toMatchObject({
      actor: { id: maker.operatorId, name: expect.stringContaining("token ci-") },
      target: { id: operatorId, name },
      after: { role: "support" },
    });
    context().advance(121 * MINUTE);
    expect(await checkSession(context(), sessionId, { touch: false })).toMatchObject({ active: false });
    expect(await deleteEndedTestOperators(context().db.prisma, new Date(context().now()), 100)).toBeGreaterThan(0);
    expect(await context().db.prisma.operator.count({ where: { id: operatorId } })).toBe(0);
    context().advance(-121 * MINUTE);
  });

  test("never outlives its token", async () => {
    const token = await tokenOf();
    const soon = { expiresAt: new Date(context().now() + 5 * MINUTE) };
    const { expiresAt } = await signInTestOperator(context(), token.actor, { role: "viewer" }, soon);
    expect(expiresAt).toEqual(soon.expiresAt);
  });

  test("is refused where the installation does not allow it, and without an owner’s token of the scope", async () => {
    const { actor, caller } = await tokenOf();
    const off = { ...context(), testOperators: false };
    await expect(signInTestOperator(off, actor, { role: "viewer" }, caller)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("TEST_OPERATORS=on"),
    });
    const other = await tokenOf({ scopes: ["read", "runs", "apps"] });
    const admin = await createTestOperator(context(), "admin");
    await expect(tokenOf({ by: admin })).rejects.toMatchObject({ code: "forbidden", field: "scopes" });
    for (const by of [other.actor, maker, systemOf(null), withRole(actor, "admin")]) {
      await expect(signInTestOperator(context(), by, { role: "viewer" }, caller)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await changeRole(context(), owner, { operatorId: maker.operatorId, role: "admin" });
    await expect(signInTestOperator(context(), actor, { role: "viewer" }, caller)).rejects.toMatchObject({
      message: expect.stringContaining("no owner any more"),
    });
  });

  test("takes no password, whoever gives it one", async () => {
    const { operatorId } = await signedIn("owner");
    const { email } = await context().db.prisma.operator.findUniqueOrThrow({ where: { id: operatorId } });
    const open = (password: string) => signIn(context(), visitor(), { email, password });
    await expect(open("anything at all")).rejects.toMatchObject({ code: "sign_in_failed" });
    await resetPassword(context(), systemOf(null), { email, password: TEST_PASSWORD });
    await expect(open(TEST_PASSWORD)).rejects.toMatchObject({ code: "sign_in_failed" });
  });
});

describe("a test operator ends with what allowed it", () => {
  const ends: Record<string, (operator: { tokenId: string }) => Promise<unknown>> = {
    "the token is revoked": ({ tokenId }) => revokeToken(context(), owner, { operatorId: maker.operatorId, tokenId }),
    "its maker is disabled": () => disableOperator(context(), owner, { operatorId: maker.operatorId }),
    "its maker is removed": () =>
      removeOperator(context(), owner, { operatorId: maker.operatorId, confirmation: maker.email }),
  };
  test.each(Object.entries(ends))("%s", async (_, end) => {
    const operator = await signedIn("admin");
    expect(await actorOf(operator.sessionId)).not.toBeNull();
    await end(operator);
    expect(await actorOf(operator.sessionId)).toBeNull();
  });

  test("the setting is taken back", async () => {
    const { sessionId } = await signedIn("admin");
    const off = { ...context(), testOperators: false };
    expect(await checkSession(off, sessionId, { touch: false })).toMatchObject({ active: false });
  });

  test("its maker may do less: then it may not do more", async () => {
    const { sessionId } = await signedIn("owner");
    await changeRole(context(), owner, { operatorId: maker.operatorId, role: "support" });
    expect((await requireActor(sessionId)).role).toBe("support");
  });
});

describe("what a test operator may not, whatever its role", () => {
  const all = Object.keys(PERMISSIONS) as Permission[];

  test("anything in production, reading included", async () => {
    const actor = await requireActor((await signedIn("owner")).sessionId);
    for (const permission of all) {
      expect(() => requirePermission({ ...actor, environment: app.production.ref }, permission), permission).toThrow();
    }
    await expect(
      Promise.resolve().then(() => requirePermission({ ...actor, environment: app.production.ref }, "users.read")),
    ).rejects.toMatchObject({ code: "forbidden", message: "Test operators act in Development only." });
  });

  test("learn from Development who is in Production", async () => {
    await insertTestUsers(context(), app.production.ref, [{ userId: "person" }]);
    const actor = await requireActor((await signedIn("owner")).sessionId);
    expect(await findUserElsewhere(context(), actor, { userId: "person" })).toBeNull();
    expect(await countUsersElsewhere(context(), actor, { q: "person" })).toBeNull();
    const person = { ...owner, environment: app.development.ref };
    expect(await findUserElsewhere(context(), person, { userId: "person" })).toBe("production");
  });

  test("what would outlast it: operators, tokens, plans, its own name", async () => {
    const { sessionId, operatorId, name } = await signedIn("owner");
    const actor = { ...(await requireActor(sessionId)), environment: null };
    const refused = { code: "forbidden" };
    await expect(changeRole(context(), actor, { operatorId, role: "owner" })).rejects.toMatchObject(refused);
    await expect(changePlan(context(), actor, { appId: app.appId, plan: "pro" })).rejects.toMatchObject(refused);
    const token = { name: "mine", scopes: ["read" as const], appId: null, days: 1 };
    await expect(createToken(context(), actor, token)).rejects.toMatchObject(refused);
    const shown = { name, email: actor.email };
    const renamed = { name: "Ana", email: actor.email, currentPassword: "", shown };
    await expect(changeOwnAccount(context(), actor, renamed)).rejects.toMatchObject(refused);
  });

  test("another app, where its token is for one", async () => {
    const { sessionId } = await signedIn("owner", { appId: app.appId });
    const actor = await requireActor(sessionId);
    const other = await createTestApp(context());
    expect(() => requirePermission(actor, "users.delete_test")).not.toThrow();
    expect(() => requirePermission({ ...actor, environment: other.development.ref }, "users.read")).toThrow(
      /another app/,
    );
    expect(() => requirePermission({ ...actor, environment: null }, "apps.create")).toThrow(/for one app/);
  });

  test("count as an owner: the last real one stays", async () => {
    await signedIn("owner");
    const { operators } = await listOperators(context(), owner);
    for (const { id, email, role, expiresAt } of operators) {
      if (expiresAt !== null || role !== "owner" || id === maker.operatorId || id === owner.operatorId) continue;
      await removeOperator(context(), owner, { operatorId: id, confirmation: email });
    }
    await changeRole(context(), maker, { operatorId: owner.operatorId, role: "viewer" });
    await expect(changeRole(context(), maker, { operatorId: maker.operatorId, role: "viewer" })).rejects.toMatchObject({
      code: "last_owner",
    });
    const shown = (await listOperators(context(), maker)).operators.find(({ id }) => id === maker.operatorId);
    expect(shown?.isLastOwner).toBe(true);
  });
});
