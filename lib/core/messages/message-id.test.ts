import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentId } from "../actor";
import { messageIdOf, sequenceOf } from "./message-id";

const environmentId = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((id) => id as EnvironmentId);
const sequence = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.maxSafeNat());

test("property: an id leads back to its number, in four groups of four characters", () => {
  fc.assert(
    fc.property(environmentId, sequence, (environment, number) => {
      const id = messageIdOf(environment, number);
      expect(id).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
      expect(sequenceOf(environment, id)).toBe(number);
    }),
  );
});

test("a hundred thousand neighbours have different ids, and another environment's id is none of this one", () => {
  const [mine, other] = [7 as EnvironmentId, 8 as EnvironmentId];
  const ids = new Set(Array.from({ length: 100_000 }, (_, number) => messageIdOf(mine, number + 1)));
  expect(ids.size).toBe(100_000);
  expect(sequenceOf(other, messageIdOf(mine, 1))).toBeNull();
});

test.each(["", "M3RA", "M3RA-9C0E-77TQ-21K", "m3ra-9c0e-77tq-21kd", "IIII-IIII-IIII-IIII", "0000-0000-0000-0000"])(
  "%j is no id",
  (text) => {
    expect(sequenceOf(7 as EnvironmentId, text)).toBeNull();
  },
);
