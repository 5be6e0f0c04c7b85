import { expect, test } from "vitest";
import { userLimitImpact } from "./user-limit-words";

test("another limit is told by what it does to the seats", () => {
  expect(userLimitImpact(87, 100, 112)).toEqual(["12 more seats.", "25 seats will be free."]);
  expect(userLimitImpact(87, 100, 88)).toEqual(["12 fewer seats.", "1 seat will be free."]);
  expect(userLimitImpact(87, 100, 87)[1]).toMatch(/^No seat will be free/);
  expect(userLimitImpact(87, 100, 50)[1]).toBe(
    "There are already 87 registered users. None are deleted. Registration stops until fewer than 50 are left.",
  );
  expect(userLimitImpact(87, 100, 100)).toEqual([]);
});
