import { expect, test } from "vitest";
import { MetadataSchema } from "../messages/schema";

const pairs = (count: number, key = "k") =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${key}${n}`, ""]));

test("a message's metadata has at most 300 pairs; of more, none is looked at", () => {
  expect(MetadataSchema.safeParse(pairs(300)).success).toBe(true);
  // Each of these keys is too long as well.
  const { error } = MetadataSchema.safeParse(pairs(100_000, "k".repeat(40)));
  expect(error?.issues).toMatchObject([{ message: "Must have at most 300 keys.", path: [] }]);
});

test.each([["text"], [["list"]], [null], [7]])("what is no object is refused as such: %j", (value) => {
  expect(MetadataSchema.safeParse(value).error?.issues).toMatchObject([{ message: "Must be an object of texts." }]);
});
