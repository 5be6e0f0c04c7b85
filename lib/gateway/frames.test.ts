import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined, notification } from "./frames";

/** The text that a frame is about, made as long as wanted. */
const ofLength = (length: number) => {
  const around = notification("event/test", { filler: "" }).json.length;
  return notification("event/test", { filler: "x".repeat(length - around) });
};

describe("a frame", () => {
  test.each([
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])("of %i bytes has the head of an unmasked text frame", (length, head) => {
    const { wire, json } = ofLength(length);
    expect([...wire.subarray(0, head.length)]).toEqual(head);
    expect(wire.subarray(head.length).equals(json)).toBe(true);
    expect(json).toHaveLength(length);
  });

  test("of several is the array of what they say, in their order, whatever characters they consist of", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 8 }), (texts) => {
        const one = joined(texts.map((text) => notification("event/test", { text })));
        expect(JSON.parse(one.json.toString())).toEqual(
          texts.map((text) => ({ jsonrpc: "2.0", method: "event/test", params: { text } })),
        );
      }),
    );
  });
});
