import { describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { explainMayMessage } from "./explain-may-message";

const context = testContext();

async function prepared() {
  const { development, production } = await createTestApp(context());
  const bannedUntil = context().now() + 60_000;
  await insertTestUsers(context(), development.ref, [{ userId: "alice" }, { userId: "bob", bannedUntil }]);
  return { development: development.ref, production: production.ref, bannedUntil: new Date(bannedUntil) };
}

describe("explainMayMessage", () => {
  test("names both with their bans, and says that a banned recipient may be written to", async () => {
    const { development, bannedUntil } = await prepared();
    const input = { fromUserId: "alice", toUserId: "bob" };
    const explained = await explainMayMessage(context(), operatorOf("viewer", development), input);
    expect(explained).toMatchObject({
      allowed: true,
      from: { userId: "alice", name: "Name of alice", bannedUntil: null },
      to: { userId: "bob", bannedUntil },
    });
    expect(explained.steps.every(({ holds, reached }) => holds && reached)).toBe(true);
  });

  test("the step that refuses is the last that is reached", async () => {
    const { development } = await prepared();
    const input = { fromUserId: "bob", toUserId: "nobody" };
    const { allowed, steps } = await explainMayMessage(context(), operatorOf("viewer", development), input);
    expect(allowed).toBe(false);
    expect(steps.filter(({ reached }) => reached).map(({ step, holds }) => [step, holds])).toEqual([
      ["sender_registered", true],
      ["sender_not_banned", false],
    ]);
    expect(steps.find(({ step }) => step === "recipient_registered")).toMatchObject({ holds: false, reached: false });
  });

  test("users of the other environment are nobody here, and app users may not ask", async () => {
    const { production, development } = await prepared();
    const input = { fromUserId: "alice", toUserId: "bob" };
    const elsewhere = await explainMayMessage(context(), operatorOf("viewer", production), input);
    expect(elsewhere).toMatchObject({ allowed: false, from: { name: "" }, facts: { sender: "unknown" } });
    await expect(explainMayMessage(context(), appUserOf(development, "alice"), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
