import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CLIENT_STEPS,
  explainSteps,
  type MessageFacts,
  refusingStep,
  SERVER_STEPS,
  SERVER_STEPS_WITH_BLOCKLIST,
} from "./may-message";

const strangers: MessageFacts = {
  sender: "registered",
  senderBanned: false,
  senderMuted: false,
  recipient: "registered",
  blockedByRecipient: false,
  friends: false,
  friendsOnly: false,
  toOneself: false,
};

describe("a client's message", () => {
  test.each([
    ["anyone may write to anyone", {}, null],
    ["a sender who is not registered may not", { sender: "unknown" }, "sender_registered"],
    ["a soft-deleted sender may not", { sender: "soft_deleted" }, "sender_registered"],
    ["a banned sender may not", { senderBanned: true }, "sender_not_banned"],
    ["nobody may write to an id that is not registered", { recipient: "unknown" }, "recipient_registered"],
    ["nobody may write to somebody soft-deleted", { recipient: "soft_deleted" }, "recipient_registered"],
    ["a muted sender may not", { senderMuted: true }, "sender_not_muted"],
    ["a blocked sender may not", { blockedByRecipient: true }, "not_blocked"],
    ["with the switch on, a stranger may not", { friendsOnly: true }, "friends_if_restricted"],
    ["with the switch on, a friend may", { friendsOnly: true, friends: true }, null],
    ["the blocklist comes before friendship", { blockedByRecipient: true, friends: true }, "not_blocked"],
    ["a block is named before the switch", { blockedByRecipient: true, friendsOnly: true }, "not_blocked"],
    ["a mute is named before a block", { senderMuted: true, blockedByRecipient: true }, "sender_not_muted"],
    ["to oneself neither block nor switch counts", { toOneself: true, friendsOnly: true }, null],
    ["to oneself a mute counts", { toOneself: true, senderMuted: true }, "sender_not_muted"],
  ] as const)("%s", (_name, facts, refusing) => {
    expect(refusingStep(CLIENT_STEPS, { ...strangers, ...facts })).toBe(refusing);
  });
});

describe("an app server's message", () => {
  const worst = {
    ...strangers,
    sender: "soft_deleted",
    senderBanned: true,
    senderMuted: true,
    friendsOnly: true,
  } as const;

  test("is not refused for what the sender is, nor for want of friendship", () => {
    expect(refusingStep(SERVER_STEPS, { ...worst, blockedByRecipient: true })).toBeNull();
    expect(refusingStep(SERVER_STEPS_WITH_BLOCKLIST, worst)).toBeNull();
  });

  test("is refused by the blocklist on demand, and for a recipient who is not there", () => {
    expect(refusingStep(SERVER_STEPS_WITH_BLOCKLIST, { ...worst, blockedByRecipient: true })).toBe("not_blocked");
    expect(refusingStep(SERVER_STEPS, { ...worst, recipient: "soft_deleted" })).toBe("recipient_registered");
  });
});

const registration = fc.constantFrom("registered", "soft_deleted", "unknown" as const);
const anyFacts: fc.Arbitrary<MessageFacts> = fc.record({
  sender: registration,
  senderBanned: fc.boolean(),
  senderMuted: fc.boolean(),
  recipient: registration,
  blockedByRecipient: fc.boolean(),
  friends: fc.boolean(),
  friendsOnly: fc.boolean(),
  toOneself: fc.boolean(),
});

/** The rule a second time, as one sentence after the other of the contract. */
function model(facts: MessageFacts): string | null {
  if (facts.sender !== "registered") return "sender_registered";
  if (facts.senderBanned) return "sender_not_banned";
  if (facts.recipient !== "registered") return "recipient_registered";
  if (facts.senderMuted) return "sender_not_muted";
  if (facts.toOneself) return null;
  if (facts.blockedByRecipient) return "not_blocked";
  return facts.friendsOnly && !facts.friends ? "friends_if_restricted" : null;
}

test("property: the decision is the model's, and the explanation names the same step as the first that was reached and fails", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const refusing = refusingStep(CLIENT_STEPS, facts);
      expect(refusing).toBe(model(facts));
      const explained = explainSteps(CLIENT_STEPS, facts);
      expect(explained.map(({ step }) => step)).toEqual(CLIENT_STEPS);
      expect(explained.find(({ holds }) => !holds)?.step ?? null).toBe(refusing);
      expect(explained.filter(({ reached, holds }) => reached && !holds)).toHaveLength(refusing === null ? 0 : 1);
    }),
    { numRuns: 2_000 },
  );
});

test("property: nothing that is taken away from a user makes a message possible", () => {
  const worse = [
    { senderBanned: true },
    { senderMuted: true },
    { blockedByRecipient: true },
    { friendsOnly: true },
    { friends: false },
  ];
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...worse), (facts, change) => {
      if (refusingStep(CLIENT_STEPS, facts) !== null) {
        expect(refusingStep(CLIENT_STEPS, { ...facts, ...change })).not.toBeNull();
      }
    }),
  );
});
