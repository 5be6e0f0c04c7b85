import { expect, test } from "vitest";
import { seatsOfRunsText, timeLeft } from "./run-seats-text";
import type { RunSeats } from "./schema";

const now = Date.UTC(2026, 10, 30, 12);
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000);
const held = (id: string, seats: number, minutes: number): RunSeats => ({
  id,
  label: "",
  seats,
  users: seats,
  reserved: 0,
  expiresAt: inMinutes(minutes),
});

test.each([
  [0.2, "1 min"],
  [40, "40 min"],
  [60, "1 h"],
  [65, "1 h 5 min"],
  [24 * 60 + 5, "1 d 5 min"],
  [7 * 24 * 60 - 60, "6 d 23 h"],
])("%d minutes are said as %s", (minutes, text) => {
  expect(timeLeft(inMinutes(minutes), now)).toBe(text);
});

test("three runs are named, the others counted, and those without a seat left out", () => {
  expect(seatsOfRunsText([held("empty", 0, 5)], now)).toBe("");
  expect(seatsOfRunsText([held("pw-4711", 24, 40), held("empty", 0, 5)], now)).toBe(
    "Seats are held: 24 by run pw-4711, expires in 40 min.",
  );
  const five = [1, 2, 3, 4, 5].map((n) => held(`r${n}`, 10, 60 * n));
  expect(seatsOfRunsText(five, now)).toBe(
    "Seats are held: 10 by run r1, expires in 1 h; 10 by run r2, expires in 2 h; 10 by run r3, expires in 3 h; 20 by 2 more.",
  );
});
