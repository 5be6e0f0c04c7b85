import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { refreshAppSecret } from "../apps/refresh-app-secret";
import { banUsers } from "../bans/ban-users";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { registerUser } from "../users/register-user";
import { expireTokens } from "./expire-tokens";
import { inspectToken } from "./inspect-token";

const context = testContext();

async function issued() {
  const { development, production } = await createTestApp(context());
  const server = appServerOf(development.ref);
  const { accessToken: token } = await registerUser(context(), server, { userId: "alice", name: "Alice" });
  const support = operatorOf("support", development.ref);
  const inspect = async (given = token) => inspectToken(context(), support, { token: given });
  return { development, production, server, token, support, inspect };
}

describe("inspecting a token", () => {
  test("one that is good says whose it is and since when", async () => {
    const { inspect, token } = await issued();
    expect(await inspect(`  ${token}\n`)).toMatchObject({
      verdict: "accepted",
      claims: { userId: "alice", issuedAt: expect.any(Date), expiresAt: null },
      validFrom: null,
      bannedUntil: null,
    });
  });

  test("a banned, an invalidating and a soft-deleted user each have a reason of their own", async () => {
    const { inspect, server } = await issued();
    await banUsers(context(), server, { userIds: ["alice"], durationMinutes: 60 });
    expect(await inspect()).toMatchObject({ verdict: "banned", bannedUntil: expect.any(Date) });
    context().advance(1_000);
    await expireTokens(context(), server, { userIds: ["alice"], expiresAt: context().now() });
    expect(await inspect()).toMatchObject({
      verdict: "invalidated",
      validFrom: expect.any(Date),
      invalidatedBy: "App server",
    });
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    expect(await inspect()).toMatchObject({ verdict: "soft_deleted" });
  });

  test("who has set the cut-off that stands, and not an earlier one", async () => {
    const { inspect, server, development } = await issued();
    await expireTokens(context(), server, { userIds: ["alice"], expiresAt: context().now() - 1_000 });
    expect(await inspect()).toMatchObject({ verdict: "accepted", invalidatedBy: "App server" });
    context().advance(1_000);
    const support = operatorOf("support", development.ref);
    await expireTokens(context(), support, { userIds: ["alice"], expiresAt: context().now() });
    expect(await inspect()).toMatchObject({ verdict: "invalidated", invalidatedBy: "Test support" });
  });

  test("nothing is believed that no signature proves", async () => {
    const { inspect, token, development } = await issued();
    expect(await inspect("not a token")).toMatchObject({ verdict: "malformed", claims: null });
    const stranger = await issued();
    expect(await inspect(stranger.token)).toMatchObject({ verdict: "foreign", claims: null });
    await refreshAppSecret(context(), operatorOf("admin", development.ref), { disconnect: false });
    await expect.poll(() => inspect(token)).toMatchObject({ verdict: "wrong_signature", claims: null });
  });

  test("one of the app's other environment is named as that", async () => {
    const { token, production } = await issued();
    expect(await inspectToken(context(), operatorOf("support", production.ref), { token })).toMatchObject({
      verdict: "other_environment",
      claims: { userId: "alice" },
    });
  });

  test("is audited by user and verdict, and the token stands nowhere", async () => {
    const { inspect, token, development } = await issued();
    await inspect();
    const { rows } = await context().db.pool.query<{ entry: string; target_id: string; after: unknown }>(
      "SELECT target_id, after, to_jsonb(a)::text AS entry FROM audit_entries a WHERE environment_id = $1 AND action = 'token.inspected'",
      [development.ref.id],
    );
    expect(rows).toMatchObject([{ target_id: "alice", after: { verdict: "accepted" } }]);
    expect(rows[0]?.entry).not.toContain(token);
  });

  test("viewers may not", async () => {
    const { token, development } = await issued();
    await expect(inspectToken(context(), operatorOf("viewer", development.ref), { token })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
