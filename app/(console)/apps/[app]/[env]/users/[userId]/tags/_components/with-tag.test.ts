import { expect, test } from "vitest";
import { withTag } from "./with-tag";

test("a tag is added at the end, without blanks around it", () => {
  expect(withTag(["vip"], " beta ")).toEqual({ tags: ["vip", "beta"] });
});

test("what cannot be a tag, is there already or is one too many is told and adds nothing", () => {
  expect(withTag([], "a b")).toEqual({ problem: "Must consist of letters, digits, _ and - only." });
  expect(withTag([], "é".repeat(21))).toEqual({ problem: "Must have at most 40 bytes." });
  expect(withTag(["vip"], "vip")).toEqual({ problem: "vip is already there." });
  const twenty = Array.from({ length: 20 }, (_, index) => `t${index}`);
  expect(withTag(twenty, "one-more")).toEqual({ problem: "A user has at most 20 tags. Remove one first." });
});
