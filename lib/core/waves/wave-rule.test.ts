import { expect, test } from "vitest";
import { isOver, judge } from "./wave-rule";

const fortnight = (...days: number[]) => [...days, ...Array.from({ length: 14 - days.length }, () => 0)];

test("a small installation is not alarmed by a few users, and a large one not by its own size", () => {
  expect(judge(fortnight())).toEqual({ usual: 0, threshold: 50 });
  expect(judge(fortnight(3, 2, 5, 3, 4, 3, 3, 2, 3, 4, 3, 3, 3, 3))).toEqual({ usual: 3, threshold: 50 });
  expect(judge(Array.from({ length: 14 }, () => 1_000))).toEqual({ usual: 1_000, threshold: 4_000 });
});

test("the wave of one day does not make the next one usual, a weekly rush does", () => {
  expect(judge(fortnight(100, 100, 100, 100, 100, 100, 100, 9_000, 100, 100, 100, 100, 100, 100))?.threshold).toBe(400);
  const weekly = fortnight(100, 100, 100, 100, 100, 100, 3_000, 100, 100, 100, 100, 100, 100, 3_000);
  expect(judge(weekly)?.threshold).toBe(6_000);
});

test("with fewer than three known days nothing is judged", () => {
  expect(judge([0, 0])).toBeNull();
  expect(judge([10, 20, 30])).toEqual({ usual: 20, threshold: 80 });
});

test("a wave goes on until half its threshold", () => {
  expect([isOver(50, 100), isOver(49, 100)]).toEqual([false, true]);
});
