import { expect, test } from "vitest";
import { idsBetween } from "./selection";

const ids = ["a", "b", "c", "d"];

test.each([
  ["b", "d", ["b", "c", "d"]],
  ["d", "b", ["b", "c", "d"]],
  ["c", "c", ["c"]],
  [null, "c", ["c"]],
  ["gone", "c", ["c"]],
])("a range from %s to %s", (from, to, expected) => {
  expect(idsBetween(ids, from, to)).toEqual(expected);
});
