import { describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { CLIENT_STEPS, refusingStep, SENDER_STEPS } from "./may-message";
import { demandOf, factsOf } from "./message-demand";
import { messageFactsOf } from "./message-facts";
import { refusalOf } from "./message-refusal";
import { sendDirectMessage } from "./send-direct-message";

const context = testContext();
const ALL_BITS = Array.from({ length: 256 }, (_, bits) => bits);
const KNOWN = [false, true].flatMap((friendsOnly) => [false, true].map((toOneself) => ({ friendsOnly, toOneself })));

describe("what is demanded of the database", () => {
  test.each(
    KNOWN.flatMap((known) => [
      { name: "a client's steps", steps: CLIENT_STEPS, known },
      { name: "a sender's steps", steps: SENDER_STEPS, known },
      { name: "no steps", steps: [], known },
    ]),
  )("is met by exactly the facts that the rule lets pass: $name, $known", ({ steps, known }) => {
    const { mask, wanted, refusal } = demandOf(steps, known);
    for (const bits of ALL_BITS) {
      const facts = factsOf(bits, known);
      expect((bits & mask) === wanted).toBe(refusingStep(steps, facts) === null);
      if ((bits & mask) !== wanted) expect(refusal(bits).code).toBe(refusalOf(steps, facts)?.code);
    }
  });
});

test("the database judges users of every kind by the same facts as everybody else reads", async () => {
  const { production } = await createTestApp(context());
  const environment = production.ref;
  const environmentId = environment.id;
  const now = context().now();
  await insertTestUsers(context(), environment, [
    { userId: "plain" },
    { userId: "other" },
    { userId: "banned", bannedUntil: now + 60_000 },
    { userId: "was-banned", bannedUntil: now },
    { userId: "gone", softDeletedAt: now },
    { userId: "muted" },
  ]);
  const { prisma } = context().db;
  await prisma.user.updateMany({ where: { environmentId, userId: "muted" }, data: { directMutedAt: new Date() } });
  await prisma.block.create({ data: { environmentId, userId: "other", blockedId: "plain", blockedAt: new Date() } });
  const ids = ["plain", "other", "banned", "was-banned", "gone", "muted", "nobody"];
  const outcomes: Record<string, string> = {};
  await Promise.all(
    ids.flatMap((from) =>
      ids.map(async (to) => {
        const input = { toUserId: to, messageType: "app:text", content: "x" };
        const [facts] = await messageFactsOf(context(), environmentId, from, [to]);
        const expected = facts === undefined ? "no facts" : (refusalOf(CLIENT_STEPS, facts)?.code ?? "sent");
        const outcome = await sendDirectMessage(context(), appUserOf(environment, from), input).then(
          () => "sent",
          (error: { code?: string }) => error.code ?? "failed",
        );
        outcomes[`${from} to ${to}`] = outcome;
        expect(outcome).toBe(expected);
      }),
    ),
  );
  expect(new Set(Object.values(outcomes))).toEqual(
    new Set(["sent", "user_not_found", "user_banned", "user_soft_deleted", "message_muted", "message_blocked"]),
  );
  expect(await prisma.message.count({ where: { environmentId } })).toBe(
    Object.values(outcomes).filter((outcome) => outcome === "sent").length,
  );
});

test("messages that are refused beside others take nothing with them, and alone not even a number", async () => {
  const { production } = await createTestApp(context());
  const environment = production.ref;
  await insertTestUsers(context(), environment, [{ userId: "alice" }, { userId: "bob" }]);
  const send = (toUserId: string) =>
    sendDirectMessage(context(), appUserOf(environment, "alice"), { toUserId, messageType: "app:text", content: "x" });
  const outcomes = await Promise.allSettled(["bob", "nobody", "bob", "nobody"].map(send));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
  const last = async () =>
    Number(
      (await context().db.prisma.messageOrder.findFirst({ where: { environmentId: environment.id } }))?.lastSequence,
    );
  const before = await last();
  await Promise.allSettled(["nobody", "nobody"].map(send));
  expect(await last()).toBe(before);
  expect((await send("bob")).message.sequence).toBe(before + 1);
});
