import { beforeEach, describe, expect, test } from "vitest";
import { createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { EnvironmentRef, Operator } from "../actor";
import { createApp } from "../apps/create-app";
import { deleteApp } from "../apps/delete-app";
import { listApps } from "../apps/list-apps";
import { listAuditEntries } from "../audit/list-audit-entries";
import { banUsers } from "../bans/ban-users";
import { checkToken, tokenActor } from "../operator-tokens/check-token";
import { createToken } from "../operator-tokens/create-token";
import { actingIn, OPERATOR_ROLES, PERMISSIONS, type Permission, requirePermission } from "../permissions";
import { countUsersElsewhere } from "../users/count-users-elsewhere";
import { findUserElsewhere } from "../users/find-user-elsewhere";
import { registerUser } from "../users/register-user";
import { changeAccess } from "./change-access";
import { changeRole } from "./change-role";
import { changeSignInRules } from "./change-sign-in-rules";
import { checkSession } from "./check-session";
import { answerOf, getAccess } from "./get-access";
import { listOperators } from "./list-operators";
import { signIn } from "./sign-in";

const context = testContext();
let owner: Operator;
let shop: Awaited<ReturnType<typeof createTestApp>>;
let other: Awaited<ReturnType<typeof createTestApp>>;

beforeEach(async () => {
  owner = await createTestOperator(context(), "owner");
  shop = await createTestApp(context());
  other = await createTestApp(context());
});

/** The operator as the doors make an actor of them now. */
async function now(operator: Operator, environment: EnvironmentRef | null): Promise<Operator> {
  const { sessionId } = await signIn(context(), visitor(), { email: operator.email, password: TEST_PASSWORD });
  const state = await checkSession(context(), sessionId, { touch: false });
  if (!state.active) throw new Error(state.reason);
  return actingIn({ ...operator, holds: state.operator.holds }, environment);
}

const give = (operator: Operator, appId: string, access: Partial<Parameters<typeof changeAccess>[2]>) =>
  changeAccess(context(), owner, {
    operatorId: operator.operatorId,
    appId,
    development: null,
    production: null,
    ...access,
  });
const refused = (code: string) => expect.objectContaining({ code });

describe("a role in one environment", () => {
  test("counts there and nowhere else, from the next request on, until it is taken back", async () => {
    const ana = await createTestOperator(context(), "viewer");
    await registerUser(context(), systemOf(shop.development.ref), { userId: "alice", name: "Alice" });
    const ban = async (environment: EnvironmentRef) =>
      banUsers(context(), await now(ana, environment), { userIds: ["alice"], durationMinutes: 60 });
    await expect(ban(shop.development.ref)).rejects.toEqual(refused("forbidden"));

    await give(ana, shop.appId, { development: "support" });
    expect(await ban(shop.development.ref)).toMatchObject({ banned: ["alice"] });
    await expect(ban(shop.production.ref)).rejects.toEqual(refused("forbidden"));
    await expect(ban(other.development.ref)).rejects.toEqual(refused("forbidden"));

    await give(ana, shop.appId, {});
    await expect(ban(shop.development.ref)).rejects.toThrow("yours in");
  });

  test("can be lower than the one held everywhere, and keep somebody out", async () => {
    const bo = await createTestOperator(context(), "admin");
    await give(bo, shop.appId, { development: "viewer", production: "guest" });
    const development = await now(bo, shop.development.ref);
    const production = await now(bo, shop.production.ref);
    expect(() => requirePermission(development, "users.read")).not.toThrow();
    expect(() => requirePermission(development, "users.ban")).toThrow(refused("forbidden"));
    // Who is kept out learns no more than that there is nothing.
    expect(() => requirePermission(production, "users.read")).toThrow(refused("not_found"));
    expect(() => requirePermission(production, "users.read")).toThrow("There is no such environment.");
  });

  test("decides nothing about the installation or an app as a whole", async () => {
    const ana = await createTestOperator(context(), "viewer");
    await give(ana, shop.appId, { development: "admin", production: "admin" });
    const actor = await now(ana, shop.development.ref);
    const whole = (Object.keys(PERMISSIONS) as Permission[]).filter(
      (permission) => "everywhere" in PERMISSIONS[permission] && PERMISSIONS[permission].from !== "guest",
    );
    expect(whole.length).toBeGreaterThan(8);
    for (const permission of whole.filter((name) => PERMISSIONS[name].from !== "viewer")) {
      expect(() => requirePermission(actor, permission), permission).toThrow(refused("forbidden"));
    }
    await expect(listAuditEntries(context(), actor, { scope: "installation" })).rejects.toEqual(refused("forbidden"));
    await expect(createApp(context(), { ...actor, environment: null }, { name: "Mine" })).rejects.toEqual(
      refused("forbidden"),
    );
  });

  test("owners keep every app, and what was given before counts again once they are owners no more", async () => {
    const bo = await createTestOperator(context(), "admin");
    await give(bo, shop.appId, { production: "guest" });
    await changeRole(context(), owner, { operatorId: bo.operatorId, role: "owner" });
    expect(() => requirePermission({ ...bo, holds: { ...bo.holds } }, "users.read")).not.toThrow();
    expect((await now(bo, shop.production.ref)).role).toBe("owner");
    await expect(give(bo, shop.appId, { production: "viewer" })).rejects.toThrow("Owners may do everything");
    await changeRole(context(), owner, { operatorId: bo.operatorId, role: "viewer" });
    expect((await now(bo, shop.production.ref)).role).toBe("guest");
  });
});

describe("a guest", () => {
  test("sees the apps where a role was given, and in them the environments", async () => {
    const cy = await createTestOperator(context(), "guest");
    expect(await listApps(context(), await now(cy, null))).toEqual([]);
    await give(cy, shop.appId, { production: "viewer" });
    const apps = await listApps(context(), await now(cy, null));
    expect(apps).toMatchObject([{ id: shop.appId, reached: ["production"] }]);
    const actor = await now(cy, shop.development.ref);
    expect(() => requirePermission(actor, "users.read")).toThrow(refused("not_found"));
    await expect(listOperators(context(), await now(cy, null))).rejects.toEqual(refused("forbidden"));
  });

  test("learns nothing of the environment beside", async () => {
    const cy = await createTestOperator(context(), "guest");
    await give(cy, shop.appId, { development: "admin" });
    await registerUser(context(), systemOf(shop.production.ref), { userId: "secret", name: "Secret" });
    const actor = await now(cy, shop.development.ref);
    expect(await findUserElsewhere(context(), actor, { userId: "secret" })).toBeNull();
    expect(await countUsersElsewhere(context(), actor, { q: "secret" })).toBeNull();
    await give(cy, shop.appId, { development: "admin", production: "viewer" });
    const both = await now(cy, shop.development.ref);
    expect(await findUserElsewhere(context(), both, { userId: "secret" })).toBe("production");
    expect(await countUsersElsewhere(context(), both, { q: "secret" })).toMatchObject({ count: { count: 1 } });
  });

  test("makes tokens for what they may somewhere, and these do no more elsewhere", async () => {
    const cy = await createTestOperator(context(), "guest");
    const make = (scopes: ["runs"] | ["apps"], appId: string | null) =>
      createToken(context(), cy, { name: `${scopes[0]}-${appId}`, scopes, appId, days: 1 });
    await expect(make(["runs"], null)).rejects.toEqual(refused("forbidden"));
    await give(cy, shop.appId, { development: "admin" });
    await expect(make(["runs"], other.appId)).rejects.toEqual(refused("forbidden"));
    await expect(make(["apps"], shop.appId)).rejects.toEqual(refused("forbidden"));
    const { token } = await make(["runs"], shop.appId);
    const actor = async (environment: EnvironmentRef) =>
      tokenActor(await checkToken(context(), token, ""), { requestId: "r", ip: "", environment });
    const inShop = await actor(shop.development.ref);
    const elsewhere = await actor(other.development.ref);
    expect(() => requirePermission(inShop, "test_runs.start")).not.toThrow();
    expect(() => requirePermission(elsewhere, "test_runs.start")).toThrow(refused("not_found"));
  });

  test("needs the second factor that is demanded of the highest role they have", async () => {
    const cy = await createTestOperator(context(), "guest");
    const { sessionId } = await signIn(context(), visitor(), { email: cy.email, password: TEST_PASSWORD });
    const missing = async () => {
      const state = await checkSession(context(), sessionId, { touch: false });
      return state.active && state.factorMissing;
    };
    await changeSignInRules(context(), owner, {
      secondFactorFrom: { viewer: null, support: null, admin: "2020-01-01", owner: null },
      idleHours: 12,
      maxDays: 30,
    });
    expect(await missing()).toBe(false);
    await give(cy, shop.appId, { development: "admin" });
    expect(await missing()).toBe(true);
  });
});

describe("changing what somebody was given", () => {
  test("is for owners, and of two who change it at once the second is told", async () => {
    const ana = await createTestOperator(context(), "viewer");
    const change = (actor: Operator, role: "admin" | "support", seen?: "admin" | null) =>
      changeAccess(context(), actor, {
        operatorId: ana.operatorId,
        appId: shop.appId,
        development: role,
        production: null,
        ...(seen === undefined ? {} : { seen: { development: seen, production: null } }),
      });
    const admin = await createTestOperator(context(), "admin");
    await expect(change(admin, "admin")).rejects.toEqual(refused("forbidden"));
    await expect(change(operatorOf("admin", shop.development.ref), "admin")).rejects.toEqual(refused("forbidden"));
    await change(owner, "admin", null);
    await expect(change(owner, "support", null)).rejects.toMatchObject({
      code: "version_conflict",
      conflict: { by: owner.name, current: { development: "admin", production: null } },
    });
    await change(owner, "support", "admin");
    expect((await now(ana, shop.development.ref)).role).toBe("support");
  });

  test("is audited with both sides and goes with the app", async () => {
    const ana = await createTestOperator(context(), "viewer");
    const { id } = await createApp(context(), owner, { name: "Short-lived" });
    await give(ana, id, { development: "admin" });
    const { rows } = await listAuditEntries(context(), owner, {
      scope: "installation",
      action: "operator.access_changed",
    });
    expect(rows[0]).toMatchObject({
      target: { id: ana.operatorId },
      before: { app: "Short-lived", development: null },
      after: { app: "Short-lived", development: "admin", production: null },
    });
    await deleteApp(context(), owner, { appId: id, confirmation: "Short-lived" });
    expect((await now(ana, null)).holds.grants).toEqual([]);
  });

  test("asks for an app and an operator that are there, and for a role that can be given", async () => {
    const ana = await createTestOperator(context(), "viewer");
    await expect(give(ana, "no-such-app", { development: "admin" })).rejects.toEqual(refused("not_found"));
    await expect(give({ ...ana, operatorId: "op-nobody" }, shop.appId, {})).rejects.toEqual(refused("not_found"));
    await expect(give(ana, shop.appId, { development: "owner" as "admin" })).rejects.toThrow("Choose admin");
  });
});

describe("what may Ana do here, and why?", () => {
  test("the answer is the one that the doors give, for each permission, role and place", async () => {
    const places = [null, shop.development.ref, shop.production.ref, other.development.ref];
    for (const everywhere of OPERATOR_ROLES) {
      const holds = {
        everywhere,
        grants: [
          { appId: shop.appId, environment: "development", role: "admin" },
          { appId: shop.appId, environment: "production", role: "guest" },
        ],
      } as const;
      for (const place of places) {
        const actor = { ...operatorOf(everywhere, place), holds };
        for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
          const refusal = () => requirePermission(actor, permission);
          const { may } = answerOf(holds, permission, place);
          const asked = `${everywhere} ${permission} ${place?.appId} ${place?.name}`;
          if (may) expect(refusal, asked).not.toThrow();
          else expect(refusal, asked).toThrow();
        }
      }
    }
  });

  test("names who gave what, to the operator themselves and to whoever sees operators", async () => {
    const ana = await createTestOperator(context(), "viewer");
    await give(ana, shop.appId, { development: "admin" });
    const read = async (actor: Operator) => getAccess(context(), actor, { operatorId: ana.operatorId });
    const found = await read(await now(ana, null));
    expect(found.apps.find(({ id }) => id === shop.appId)?.places).toMatchObject([
      { environment: "development", role: "admin", grant: { grantedBy: owner.name } },
      { environment: "production", role: "viewer", grant: null },
    ]);
    const cy = await createTestOperator(context(), "guest");
    await expect(read(await now(cy, null))).rejects.toEqual(refused("forbidden"));
    expect((await read(await createTestOperator(context(), "viewer"))).email).toBe("");
  });
});
