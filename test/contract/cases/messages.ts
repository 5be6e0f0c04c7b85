import { expect } from "vitest";
import { type EndpointCase, type FieldCase, manyIds, notText, unstorable, userId, userIds } from "./shared";

const text: FieldCase = { required: false, refused: [...notText, ...unstorable], accepted: ["", "a push text", 42] };
const zeroOrOne: FieldCase = {
  required: false,
  refused: [null, true, {}, [], "", "yes", -1, 2, 0.5, "2"],
  accepted: [0, 1, "0", "1"],
};
const flag: FieldCase = { required: false, refused: [null, 0, 1, "true", {}, []], accepted: [true, false] };

/** Exactly the longest content: as text of a JSON object, each of its quotes an escape of its own in the body. */
const longest = `{"content":"${'\\"'.repeat((128 * 1024 - 14) / 2)}"}`;

/** Contract section 16. */
export const MESSAGE_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/direct-channel/message/send",
    limit: 6_000,
    windowMs: 60_000,
    bodyLimitBytes: 1536 * 1024,
    body: (id) => ({
      fromUserId: "never-registered",
      toUserIds: [id],
      messageType: "RC:TxtMsg",
      content: '{"content":"Hello"}',
    }),
    fields: {
      fromUserId: userId,
      toUserIds: {
        ...userIds,
        refused: userIds.refused.map((value) => (Array.isArray(value) && value.length === 21 ? manyIds(1001) : value)),
        accepted: [manyIds(1000), ["same", "same"], [12345, "12345"]],
      },
      messageType: {
        required: true,
        refused: [...notText, ...unstorable, "", "RC:", "RC:Unheard", "RC:txtmsg"],
        tooLong: "t".repeat(33),
        accepted: ["t".repeat(32), "APP:Card", "RC:ImgMsg", 7],
      },
      content: {
        required: true,
        refused: [...notText, ...unstorable, "", "Hello", "[]", "null", '{"content":', 42],
        tooLong: `{"content":"${"x".repeat(128 * 1024)}"}`,
        accepted: [longest, "{}", ' {"content":"Ünï 👍"} '],
      },
      pushContent: text,
      pushData: text,
      pushExt: text,
      isEchoToSender: zeroOrOne,
      verifyBlocklist: zeroOrOne,
      verifyBlacklist: zeroOrOne,
      shouldPersist: zeroOrOne,
      contentAvailable: zeroOrOne,
      count: { required: false, refused: [null, true, {}, [], "", "ten", 0.5], accepted: [0, 99, "7"] },
      needReadReceipt: zeroOrOne,
      hasMetadata: flag,
      metadata: {
        required: false,
        refused: [null, true, "x", 7, [], { "": "x" }, { a: null }, { a: {} }, { a: "\0" }, { "\0": "a" }],
        tooLong: { ["k".repeat(33)]: "x" },
        accepted: [{}, { ["k".repeat(32)]: "v".repeat(4096) }, { count: 3, __proto__x: "", constructor: "c" }],
      },
      disablePush: flag,
      disableUpdateLastMsg: flag,
    },
    result: (id) => ({
      messageIds: [{ userId: id, messageId: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/) }],
    }),
    unknownId: 0,
    // Every call counts for one before its recipients are known, so those that are refused must fit as well.
    counted: {
      body: (id) => ({
        fromUserId: id,
        toUserIds: manyIds(990),
        messageType: "RC:TxtMsg",
        content: '{"content":"Hello"}',
      }),
      cost: 990,
    },
  },
];
