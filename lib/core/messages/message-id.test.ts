import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentId } from "../actor";
import { messageIdOf } from "./message-id";

const environmentId = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((id) => id as EnvironmentId);
const sequence = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.maxSafeNat());

test("property: an id has four groups of four characters, and no other number of its environment has it", () => {
  fc.assert(
    fc.property(environmentId, sequence, sequence, (environment, number, other) => {
      const id = messageIdOf(environment, number);
      expect(id).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
      expect(messageIdOf(environment, other) === id).toBe(other === number);
    }),
  );
});

test("a hundred thousand neighbours have different ids, and another environment's id is none of this one", () => {
  const [mine, other] = [7 as EnvironmentId, 8 as EnvironmentId];
  const ids = new Set(Array.from({ length: 100_000 }, (_, number) => messageIdOf(mine, number + 1)));
  expect(ids.size).toBe(100_000);
  expect(ids).not.toContain(messageIdOf(other, 1));
});
