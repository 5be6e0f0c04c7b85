import { expect, test } from "vitest";
import { impactSentence } from "./impact-words";

const count = (n: number, rest = {}) => ({ count: n, capped: false, whole: true, ...rest });

test("a figure is told as it was counted: exact, capped, or at least", () => {
  const strangers = (counted?: ReturnType<typeof count>) =>
    impactSentence("restrictDirectMessagingToFriends", false, true, counted);
  expect(strangers(count(1204))).toBe(
    "1,204 conversations in the last 7 days were between users who aren’t friends. They become read-only.",
  );
  expect(strangers(count(1))).toMatch(/^1 conversation .* It becomes read-only\.$/);
  expect(strangers(count(10_000, { capped: true }))).toMatch(/^10,000\+ conversations/);
  expect(strangers(count(312, { whole: false }))).toMatch(/^At least 312 conversations/);
  expect(strangers(count(0))).toMatch(/^No conversation/);
  expect(strangers()).toMatch(/become read-only\.$/);
});

test("removed keys are named, as long as they are few", () => {
  const keys = (...names: string[]) => names.map((key) => ({ key }));
  expect(impactSentence("profileKeys", keys("ext_a", "ext_b"), keys("ext_b"), count(2))).toBe(
    "2 profiles have values under ext_a. They stay readable but can’t be changed.",
  );
  expect(impactSentence("profileKeys", keys("ext_a", "ext_b", "ext_c", "ext_d"), [], count(0))).toBe(
    "No profile has a value under the removed keys.",
  );
  expect(impactSentence("profileKeys", [], keys("ext_a"))).toBe("Stored profiles stay as they are.");
});
