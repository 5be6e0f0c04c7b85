import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admit } from "@/test/support/admission";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentId } from "../actor";
import { entryOf } from "../apps/environment-directory";
import { changeSettings } from "../settings/change-settings";
import { getSettings } from "../settings/get-settings";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";
import { accessTokenKey, makeAccessToken, parseAccessToken } from "./access-token";
import { expireTokens } from "./expire-tokens";
import { issueTestToken } from "./issue-test-token";
import { readAccessToken } from "./token-refusal";

const context = testContext();

async function registered(userId = "alice") {
  const { production } = await createTestApp(context());
  const { accessToken } = await registerUser(context(), appServerOf(production.ref), { userId, name: "Alice" });
  const entry = await entryOf(context(), production.ref);
  return { production, accessToken, entry, verify: (token: string) => admit(context(), production.ref, token) };
}

describe("access tokens", () => {
  test("say what went in, under 256 bytes for the longest id", () => {
    const key = accessTokenKey("secret");
    const claims = { environmentId: 7 as EnvironmentId, userId: "u".repeat(64), issuedAt: Date.now(), expiresAt: null };
    const token = makeAccessToken(key, claims);
    expect(token.length).toBeLessThan(256);
    expect(parseAccessToken(token)?.claims).toEqual(claims);
    expect(makeAccessToken(key, claims)).not.toBe(token);
  });

  test("property: a token with any one character changed is not signed by the key", () => {
    const key = accessTokenKey("secret");
    const claims = { environmentId: 1 as EnvironmentId, userId: "alice", issuedAt: 1_767_225_600_000, expiresAt: null };
    const token = makeAccessToken(key, claims);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...letters), (at, letter) => {
        fc.pre(token[at] !== letter);
        const parsed = parseAccessToken(token.slice(0, at) + letter + token.slice(at + 1));
        return parsed === null || !parsed.signedBy(key);
      }),
    );
  });

  test("property: no text makes the reader throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => void parseAccessToken(text)));
  });
});

describe("an access token that a client connects with", () => {
  test("is accepted as registration issued and names the user", async () => {
    const { accessToken, verify } = await registered();
    expect(await verify(accessToken)).toMatchObject({
      admission: { userId: "alice" },
      user: { name: "Alice" },
    });
  });

  test("is told apart when it is malformed, foreign, forged, expired or of an unknown user", async () => {
    const { entry, verify, production } = await registered();
    const other = await registered();
    const make = (key: Buffer, change: { expiresAt?: number; userId?: string } = {}) =>
      makeAccessToken(key, {
        environmentId: production.ref.id,
        userId: "alice",
        issuedAt: context().now(),
        expiresAt: null,
        ...change,
      });
    const read = (token: string) => readAccessToken(entry, token, context().now());
    const refused = (token: string) => expect(verify(token)).rejects;
    expect(read("no token")).toEqual({ reason: "malformed" });
    await refused("no token").toMatchObject({ code: "token_invalid" });
    expect(read(other.accessToken)).toEqual({ reason: "wrong_environment" });
    await refused(other.accessToken).toMatchObject({ code: "token_invalid" });
    expect(read(make(other.entry.tokenKey))).toEqual({ reason: "wrong_signature" });
    await refused(make(other.entry.tokenKey)).toMatchObject({ code: "token_invalid" });
    const expired = make(entry.tokenKey, { expiresAt: context().now() });
    expect(read(expired)).toEqual({ reason: "expired" });
    await refused(expired).toMatchObject({ code: "token_expired" });
    await refused(make(entry.tokenKey, { userId: "nobody" })).toMatchObject({ code: "token_invalid" });
  });

  test("is refused when its user is soft-deleted", async () => {
    const { accessToken, verify, production } = await registered();
    await context().db.prisma.user.updateMany({
      where: { environmentId: production.ref.id },
      data: { softDeletedAt: new Date() },
    });
    await expect(verify(accessToken)).rejects.toMatchObject({ code: "user_soft_deleted" });
  });
});

describe("the validity setting", () => {
  test("counts from issue, and only for tokens issued after it was set", async () => {
    const { accessToken: endless, verify, production } = await registered();
    const heard = new Promise<void>((resolve) => {
      context().bus.subscribe((event) => {
        if (event.type === "settings.changed" && event.environmentId === production.ref.id) resolve();
      });
    });
    const { version } = await getSettings(context(), operatorOf("admin", production.ref));
    await changeSettings(context(), operatorOf("admin", production.ref), {
      version,
      changes: { accessTokenValidityHours: 2 },
      note: "Trying it out",
    });
    await heard;
    const { accessToken: limited } = await registerUser(context(), appServerOf(production.ref), {
      userId: "alice",
      name: "Alice",
    });
    expect(await verify(limited)).toMatchObject({ admission: { userId: "alice" } });
    context().advance(2 * 3_600_000);
    await expect(verify(limited)).rejects.toMatchObject({ code: "token_expired" });
    expect(await verify(endless)).toMatchObject({ admission: { userId: "alice" } });
  });
});

describe("expireTokens", () => {
  test("ends tokens issued before, keeps later ones, and never moves back", async () => {
    const { accessToken, verify, production } = await registered();
    const actor = appServerOf(production.ref);
    const issue = async () => (await registerUser(context(), actor, { userId: "alice", name: "Alice" })).accessToken;
    const cutOff = context().now() + 1000;
    expect(await expireTokens(context(), actor, { userIds: ["nobody", "alice"], expiresAt: cutOff })).toEqual({
      userIds: ["alice"],
    });
    // a cut-off in the future holds for what is issued before it
    const soon = await issue();
    await expect(verify(accessToken)).rejects.toMatchObject({ code: "token_expired" });
    await expect(verify(soon)).rejects.toMatchObject({ code: "token_expired" });
    context().advance(1000);
    const later = await issue();
    expect(await verify(later)).toMatchObject({ admission: { userId: "alice" } });
    await expireTokens(context(), actor, { userIds: ["alice"], expiresAt: cutOff - 60_000 });
    await expect(verify(soon)).rejects.toMatchObject({ code: "token_expired" });
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: production.ref.id } });
    expect(entries.map((entry) => entry.action)).toEqual(["user.tokens_invalidated"]);
  });
});

describe("issueTestToken", () => {
  test("works in development for a registered user, is audited without the token, and is refused in production", async () => {
    const { development, production } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    await expect(issueTestToken(context(), admin, { userId: "alice" })).rejects.toMatchObject({
      code: "user_not_found",
    });
    await registerNewUser(context(), admin, { userId: "alice", name: "Alice" });
    const { accessToken } = await issueTestToken(context(), admin, { userId: "alice" });
    expect(await admit(context(), development.ref, accessToken)).toMatchObject({ admission: { userId: "alice" } });
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: development.ref.id } });
    expect(entries.map((entry) => entry.action)).toContain("user.test_token_issued");
    expect(JSON.stringify(entries, (_key, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
      accessToken,
    );
    await expect(
      issueTestToken(context(), operatorOf("admin", production.ref), { userId: "alice" }),
    ).rejects.toMatchObject({ code: "development_only" });
  });
});
