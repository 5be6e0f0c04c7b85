import { expect, test } from "vitest";
import { z } from "zod";
import { asInvalidInput } from "./invalid-input";

const refusalOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error("nothing was refused");
  return asInvalidInput(parsed.error);
};

test("the first wrong field is named where it stands", () => {
  const schema = z.object({ userIds: z.array(z.string("Must be text.")) });
  const refusal = refusalOf(schema, { userIds: ["a", 7, 8] });
  expect([refusal.field, refusal.message]).toEqual(["userIds[1]", "userIds[1] must be text."]);
});

test("of a key that the caller made up only the beginning comes back", () => {
  const schema = z.object({ metadata: z.record(z.string(), z.string("Must be text.")) });
  const { field, message } = refusalOf(schema, { metadata: { ["k".repeat(1_000_000)]: 7 } });
  expect(field).toBe(`metadata.${"k".repeat(64)}`);
  expect(message).toBe(`metadata.${"k".repeat(64)} must be text.`);
});
