import { expect, test } from "vitest";
import { MAX_ATTRIBUTES, SetFriendNoteSchema } from "../friends/schema";
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

test("of a friend's attributes no more are looked at than it takes to refuse them", () => {
  const note = (friendExtProfile: unknown) =>
    SetFriendNoteSchema.safeParse({ userId: "ann", targetId: "bob", friendExtProfile });
  const many = note({
    ...pairs(MAX_ATTRIBUTES + 1),
    ...Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`no${n}`, null])),
  });
  expect(Object.keys(many.data?.friendExtProfile ?? {})).toHaveLength(MAX_ATTRIBUTES + 1);
  expect(Object.keys(note(pairs(MAX_ATTRIBUTES)).data?.friendExtProfile ?? {})).toHaveLength(MAX_ATTRIBUTES);
  expect(note(undefined).data?.friendExtProfile).toBeUndefined();
  for (const wrong of ["text", ["list"], 7, null]) {
    expect(note(wrong).error?.issues).toMatchObject([
      { message: "Must be an object of texts.", path: ["friendExtProfile"] },
    ]);
  }
});
