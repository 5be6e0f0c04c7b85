import { expect, test } from "vitest";
import { KEEP_END, newEndOf } from "./new-end";

const DAY_MS = 86_400_000;
const here = { timeZone: undefined };
const now = Date.UTC(2026, 4, 3, 10, 0);
const end = new Date(now + 20 * DAY_MS + 1_234);

test("a ban is extended from its own end, to the millisecond", () => {
  expect(newEndOf({ kind: "extend", minutes: 10_080 }, end, here, now)).toEqual(new Date(end.getTime() + 7 * DAY_MS));
  expect(newEndOf(KEEP_END, end, here, now)).toEqual(end);
});

test("no ban ends later than 30 days from now, or in the past, or at no time", () => {
  expect(newEndOf({ kind: "extend", minutes: 20_160 }, end, here, now)).toBeNull();
  for (const text of ["", "2026-05-02T10:00", "2026-07-03T10:00"]) {
    expect(newEndOf({ kind: "at", text }, end, here, now)).toBeNull();
  }
});

test("an end of one's own is read in UTC where the operator has chosen it", () => {
  const text = "2026-05-04T10:00";
  expect(newEndOf({ kind: "at", text }, end, { timeZone: "UTC" }, now)).toEqual(new Date(`${text}Z`));
});

test("an end of one's own may be earlier than the former", () => {
  const text = "2026-05-04T10:00";
  expect(newEndOf({ kind: "at", text }, end, here, now)).toEqual(new Date(text));
});
