import { expect, test } from "vitest";
import { userLimitImpact } from "./user-limit-words";

test("another limit is told by what it does to the seats", () => {
  expect(userLimitImpact(87, 100, 112)).toEqual(["12 seats more.", "25 seats free then."]);
  expect(userLimitImpact(87, 100, 88)).toEqual(["12 seats fewer.", "1 seat free then."]);
  expect(userLimitImpact(87, 100, 87)[1]).toMatch(/^No seat is free/);
  expect(userLimitImpact(87, 100, 50)[1]).toBe(
    "There are already 87 registered users. Nobody is removed; registration stops until fewer than 50 are left.",
  );
  expect(userLimitImpact(87, 100, 100)).toEqual([]);
});
