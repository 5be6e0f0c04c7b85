import { beforeEach, describe, expect, test } from "vitest";
import { createTestApp, systemOf, testContext, withRole } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import type { Operator } from "../actor";
import { createApp } from "../apps/create-app";
import { deleteApp } from "../apps/delete-app";
import { listAuditEntries } from "../audit/list-audit-entries";
import { disableOperator } from "../operators/disable-operator";
import { removeOperator } from "../operators/remove-operator";
import { requirePermission } from "../permissions";
import { listUsers } from "../users/list-users";
import { checkToken, tokenActor } from "./check-token";
import { createToken, createTokenFor } from "./create-token";
import { listAllTokens, listOwnTokens, listTokensOf } from "./list-tokens";
import { revokeAnyToken, revokeToken } from "./revoke-token";
import type { CreateTokenInput } from "./schema";

const context = testContext();
let ana: Operator;

beforeEach(async () => {
  ana = await createTestOperator(context(), "admin");
});

const make = (actor: Operator, input: Partial<CreateTokenInput> = {}) =>
  createToken(context(), actor, { name: "ci-main", scopes: ["read"], appId: null, days: 30, ...input });

const call = { requestId: "r", ip: "192.0.2.1", environment: null };

describe("a token", () => {
  test("is found by its text alone, which is stored nowhere, and names its operator as they are now", async () => {
    const { token, id } = await make(ana);
    const found = await checkToken(context(), token, "192.0.2.1");
    expect(found).toMatchObject({ id, name: "ci-main", scopes: ["read"], app: null, operator: { id: ana.operatorId } });
    const { rows } = await context().db.pool.query("SELECT t::text AS row FROM operator_tokens t WHERE id = $1", [id]);
    expect(rows[0].row).not.toContain(token.slice(4));
    expect(await listOwnTokens(context(), ana)).toMatchObject([{ id, lastUsedIp: "192.0.2.1" }]);
  });

  test.each(["", "imt_", "imt_guessed", "Bearer x"])("that nobody made is refused: %j", async (text) => {
    await expect(checkToken(context(), text, "")).rejects.toMatchObject({ code: "not_signed_in" });
  });

  test("works no longer once it is revoked or over, its operator disabled or removed", async () => {
    const revoked = await make(ana, { name: "one" });
    await revokeToken(context(), ana, { operatorId: ana.operatorId, tokenId: revoked.id });
    await expect(checkToken(context(), revoked.token, "")).rejects.toThrow("The token one was revoked.");
    await expect(
      revokeToken(context(), ana, { operatorId: ana.operatorId, tokenId: revoked.id }),
    ).rejects.toMatchObject({ code: "not_found" });

    const over = await make(ana, { name: "two", days: 1 });
    const later = { ...context(), now: () => Date.now() + 86_400_001 };
    await expect(checkToken(later, over.token, "")).rejects.toThrow("The token two expired at");

    const owner = await createTestOperator(context(), "owner");
    await disableOperator(context(), owner, { operatorId: ana.operatorId });
    await expect(checkToken(context(), over.token, "")).rejects.toThrow("belongs to an operator who is disabled");
    await removeOperator(context(), owner, { operatorId: ana.operatorId, confirmation: ana.email });
    await expect(checkToken(context(), over.token, "")).rejects.toThrow("There is no such token.");
  });

  test("does what its scopes and its operator’s role both allow, and says which scope would", async () => {
    const { token } = await make(ana, { scopes: ["test-users"] });
    const actor = tokenActor(await checkToken(context(), token, ""), call);
    expect(() => requirePermission(actor, "users.delete_test")).not.toThrow();
    expect(() => requirePermission(actor, "settings.change")).toThrow(
      "This needs a token with the scope settings; ci-main has test-users.",
    );
    expect(() => requirePermission(actor, "operators.manage")).toThrow("Tokens can’t do this.");
    const lowered = withRole(actor, "viewer");
    expect(() => requirePermission(lowered, "users.delete_test")).toThrow("This needs the role admin");
  });

  test("is named in the audit log with its operator", async () => {
    const { token } = await make(ana, { scopes: ["apps"], name: "ci-main" });
    const actor = tokenActor(await checkToken(context(), token, ""), call);
    const app = await createApp(context(), actor, { name: "Made by CI", lifetimeMinutes: 60 });
    await deleteApp(context(), actor, { appId: app.id, confirmation: "Made by CI" });
    const owner = await createTestOperator(context(), "owner");
    const { rows } = await listAuditEntries(context(), owner, {
      scope: "installation",
      target: app.id,
      targetKind: "app",
    });
    expect(rows[0]).toMatchObject({
      action: "app.deleted",
      actor: { kind: "operator", id: ana.operatorId, name: "Test admin’s token ci-main" },
      source: "console_api",
    });
  });
});

describe("a token that whoever runs the installation makes", () => {
  const asked = { name: "ci", scopes: ["read" as const], appId: null, minutes: 90 };
  const system = systemOf(null);

  test("is the operator’s whose address was given: listed, told and revoked as theirs", async () => {
    const made = await createTokenFor(context(), system, { ...asked, email: ana.email });
    expect(made).toMatchObject({ name: "ci", operator: { email: ana.email, role: "admin" }, appId: null });
    expect(made.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(90 * 60_000);
    expect(tokenActor(await checkToken(context(), made.token, ""), call)).toMatchObject({ operatorId: ana.operatorId });
    expect(await listOwnTokens(context(), ana)).toMatchObject([{ id: made.id }]);
    const listed = await listAllTokens(context(), system);
    expect(listed.find(({ id }) => id === made.id)).toMatchObject({ operator: { email: ana.email } });
    expect(JSON.stringify(listed)).not.toContain(made.token.slice(4));

    expect(await revokeAnyToken(context(), system, { tokenId: made.id })).toEqual({ name: "ci", email: ana.email });
    await expect(checkToken(context(), made.token, "")).rejects.toThrow("The token ci was revoked.");
    await expect(revokeAnyToken(context(), system, { tokenId: made.id })).rejects.toMatchObject({ code: "not_found" });
    const owner = await createTestOperator(context(), "owner");
    const target = { target: ana.operatorId, targetKind: "operator" as const };
    const { rows } = await listAuditEntries(context(), owner, { scope: "installation", ...target });
    expect(rows.slice(0, 2)).toMatchObject([
      { action: "operator.token_revoked", actor: { kind: "system" }, before: { name: "ci" } },
      { action: "operator.token_created", actor: { kind: "system" }, after: { name: "ci", scopes: ["read"] } },
    ]);
  });

  test("is the only owner’s without an address, and nobody’s while there are several or none", async () => {
    const owners = { role: "owner", disabledAt: null } as const;
    await context().db.prisma.operator.updateMany({ where: owners, data: { disabledAt: new Date() } });
    await expect(createTokenFor(context(), system, asked)).rejects.toThrow("There is no owner yet.");
    const owner = await createTestOperator(context(), "owner");
    expect(await createTokenFor(context(), system, asked)).toMatchObject({ operator: { email: owner.email } });
    await createTestOperator(context(), "owner");
    await expect(createTokenFor(context(), system, { ...asked, name: "b" })).rejects.toThrow("There are 2 owners.");
  });

  test("is refused as their own would be: a scope beyond the role, a name twice, too long a time, nobody’s address", async () => {
    const make = (input: object) => createTokenFor(context(), system, { ...asked, email: ana.email, ...input });
    await expect(make({ scopes: ["operators"] })).rejects.toMatchObject({ code: "forbidden", field: "scopes" });
    await make({});
    await expect(make({})).rejects.toThrow("Test admin has a token with this name.");
    await expect(make({ minutes: 365 * 1440 + 1 })).rejects.toMatchObject({ issues: [{ path: ["minutes"] }] });
    await expect(make({ email: "nobody@example.com" })).rejects.toMatchObject({ code: "not_found" });
    const owner = await createTestOperator(context(), "owner");
    await disableOperator(context(), owner, { operatorId: ana.operatorId });
    await expect(make({ name: "late" })).rejects.toThrow("is disabled");
  });
});

describe("making a token", () => {
  test.each([
    ["name", { name: " " }],
    ["scopes", { scopes: [] }],
    ["scopes", { scopes: ["everything"] }],
    ["days", { days: 0 }],
    ["days", { days: 366 }],
    ["days", { days: 1.5 }],
  ])("refuses a wrong %s", async (field, input) => {
    await expect(make(ana, input as Partial<CreateTokenInput>)).rejects.toMatchObject({
      issues: [expect.objectContaining({ path: expect.arrayContaining([field]) })],
    });
  });

  test("refuses a name that another one has, also at the same time, and a scope that the role cannot use", async () => {
    const made = await Promise.allSettled([make(ana), make(ana), make(ana)]);
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(make(ana)).rejects.toMatchObject({ code: "invalid_parameter", field: "name" });
    const viewer = await createTestOperator(context(), "viewer");
    await expect(make(viewer, { scopes: ["read", "test-users"] })).rejects.toMatchObject({
      code: "forbidden",
      field: "scopes",
    });
  });

  test("is not done by a token, for an app that is not there, or by somebody disabled meanwhile", async () => {
    const actor = tokenActor(await checkToken(context(), (await make(ana)).token, ""), call);
    await expect(make(actor, { name: "more" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(make(ana, { name: "more", appId: "app-nowhere" })).rejects.toMatchObject({ code: "not_found" });
    const owner = await createTestOperator(context(), "owner");
    await disableOperator(context(), owner, { operatorId: ana.operatorId });
    await expect(make(ana, { name: "more" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("for one app: it goes with the app", async () => {
    const owner = await createTestOperator(context(), "owner");
    const app = await createApp(context(), owner, { name: "Short-lived" });
    await make(owner, { appId: app.id });
    expect(await listOwnTokens(context(), owner)).toMatchObject([{ app: { id: app.id, name: "Short-lived" } }]);
    await deleteApp(context(), owner, { appId: app.id, confirmation: "Short-lived" });
    expect(await listOwnTokens(context(), owner)).toEqual([]);
  });
});

test("who manages operators sees and revokes others’ tokens; nobody else does", async () => {
  const { id } = await make(ana);
  const owner = await createTestOperator(context(), "owner");
  const other = await createTestOperator(context(), "admin");
  const key = { operatorId: ana.operatorId, tokenId: id };
  await expect(listTokensOf(context(), other, key)).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeToken(context(), other, key)).rejects.toMatchObject({ code: "forbidden" });
  expect(await listTokensOf(context(), owner, key)).toMatchObject([{ id, name: "ci-main" }]);
  await revokeToken(context(), owner, key);
  expect(await listTokensOf(context(), owner, key)).toEqual([]);
  const { rows } = await listAuditEntries(context(), owner, {
    scope: "installation",
    target: ana.operatorId,
    targetKind: "operator",
  });
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["operator.token_created", "operator.token_revoked"]),
  );
});

test("a token’s reads are its operator’s reads", async () => {
  const { development } = await createTestApp(context());
  const { token } = await make(ana);
  const actor = tokenActor(await checkToken(context(), token, ""), { ...call, environment: development.ref });
  expect((await listUsers(context(), actor, {})).rows).toEqual([]);
});
