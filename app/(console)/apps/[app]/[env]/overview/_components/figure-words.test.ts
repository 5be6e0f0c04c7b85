import { expect, test } from "vitest";
import type { DailyFigures } from "@/lib/core/overview/figures";
import { change, FIGURE_WORDS } from "./figure-words";

const daysOf = (...counts: (number | null | "capped")[]): DailyFigures[] =>
  counts.map((count, n) => {
    const value = count === null ? null : { count: count === "capped" ? 10_000 : count, capped: count === "capped" };
    return { day: `2026-05-0${n + 1}`, registered: value, active: value, peakConnections: value };
  });

test("a period is compared with the one before it, where both are known", () => {
  expect(change(daysOf(5, 5, 6, 6), "registered")).toBe("20% more than the 2 days before");
  expect(change(daysOf(6, 6, 3, 3), "active")).toBe("50% fewer than the 2 days before");
  expect(change(daysOf(6, 6, 12, 0), "active")).toBe("as many as the 2 days before");
  expect(
    [daysOf(null, 5, 6, 6), daysOf(0, 0, 6, 6), daysOf(5, 5, 6, "capped")].map((days) => change(days, "active")),
  ).toEqual([null, null, null]);
  expect(change(daysOf(10_000, 10_001), "active")).toBe("less than 1% more than the 1 days before");
});

test("each figure sums up its days in its own way", () => {
  const days = daysOf(null, 3, 4);
  expect(FIGURE_WORDS.registered.summary(days, "registered")).toBe("7 in the last 3 days");
  expect(FIGURE_WORDS.active.summary(days, "active")).toBe("At most 4 a day in the last 3 days");
  expect(FIGURE_WORDS.peakConnections.summary(days, "peakConnections")).toBe("4 at once in the last 3 days");
  expect(FIGURE_WORDS.registered.summary(daysOf("capped"), "registered")).toBe("10,000+ in the last 1 days");
});
