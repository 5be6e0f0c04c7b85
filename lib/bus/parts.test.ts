import fc from "fast-check";
import { expect, test } from "vitest";
import { createPartReader, splitIntoParts } from "./parts";

const read = (origin: string, payloads: readonly string[]) => {
  const reader = createPartReader(origin);
  return payloads.map((payload) => reader.read(payload));
};

test("property: parts are small enough for a notification and give the text again, whole characters each", () => {
  const anyText = fc
    .array(fc.constantFrom("a", "é", "漢", "👍", "~", '"'), { maxLength: 9_000 })
    .map((c) => c.join(""));
  fc.assert(
    fc.property(anyText, (text) => {
      const parts = splitIntoParts("me", `{${text}`);
      for (const part of parts) {
        expect(Buffer.byteLength(part)).toBeLessThan(8_000);
        expect(Buffer.from(part).toString()).toBe(part);
      }
      const answers = read("you", parts);
      expect(answers.slice(0, -1).every((answer) => answer === null)).toBe(true);
      expect(answers.at(-1)).toBe(`{${text}`);
    }),
    { numRuns: 30 },
  );
});

test("one's own parts are not read, and what came whole is read as it is", () => {
  const long = "x".repeat(20_000);
  expect(read("me", splitIntoParts("me", long))).toEqual([null, null, null]);
  expect(read("me", ['{"type":"x"}'])).toEqual(['{"type":"x"}']);
});

test("after parts whose rest never comes the next event is read", () => {
  const lost = splitIntoParts("a", "x".repeat(20_000)).slice(0, 1);
  const next = splitIntoParts("b", "y".repeat(10_000));
  expect(read("me", [...lost, ...next]).at(-1)).toBe("y".repeat(10_000));
});
