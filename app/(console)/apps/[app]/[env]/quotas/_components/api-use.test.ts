import { expect, test } from "vitest";
import { busiest, limitsText, usedEndpoint } from "./api-use";

const endpoint = (path: string, limit: number, windowMs = 1_000) => ({ path, limit, windowMs });
const use = (start: number, count: number) => ({ endpoint: "", lastWindow: { start, count }, refused: 3 });

test("present use is that of the running window or the one before, and never more than the limit", () => {
  const at = (start: number, count = 40) => usedEndpoint(endpoint("/a", 100), use(start, count), 10_500).used;
  expect([at(10_000), at(9_000), at(8_000)]).toEqual([40, 40, 0]);
  expect(at(10_000, 130)).toBe(100);
  expect(usedEndpoint(endpoint("/a", 100), undefined, 10_500)).toMatchObject({ used: 0, refused: 0 });
});

test("a group's limits are told as a range, by window", () => {
  expect(limitsText([endpoint("/a", 50), endpoint("/b", 100), endpoint("/c", 6_000, 60_000)])).toBe(
    "50 to 100 a second, 6,000 a minute",
  );
  expect(limitsText([endpoint("/a", 100), endpoint("/b", 100)])).toBe("100 a second");
});

test("the busiest endpoint is the one nearest to its own limit", () => {
  const used = (path: string, limit: number, count: number) =>
    usedEndpoint(endpoint(path, limit), use(10_000, count), 10_500);
  expect(busiest([used("/a", 100, 30), used("/b", 50, 20)])?.path).toBe("/b");
  expect(busiest([used("/a", 100, 0)])).toBeUndefined();
});
