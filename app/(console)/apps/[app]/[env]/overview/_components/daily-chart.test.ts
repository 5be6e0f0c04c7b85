import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTop } from "./daily-chart";

describe("the axis of the registrations chart", () => {
  it("ends on a round, even number that holds the highest bar", () => {
    expect([0, 1, 7, 43, 100, 1204].map(axisTop)).toEqual([2, 2, 8, 50, 100, 2000]);
  });

  it("holds any count without leaving more than about half of the height empty", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 10_000_000 }), (max) => {
        const top = axisTop(max);
        expect(top).toBeGreaterThanOrEqual(max);
        expect(top % 2).toBe(0);
        expect(top).toBeLessThanOrEqual(max * 2);
      }),
    );
  });
});
