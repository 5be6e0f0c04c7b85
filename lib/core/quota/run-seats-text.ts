import type { RunSeats } from "./schema";

/** Runs that a sentence names; the others are counted. */
const NAMED = 3;
const MINUTE_MS = 60_000;

/** "40 min", "1 h 5 min", "6 d 23 h": how long until a moment, rounded up to a minute. `now` is Unix milliseconds. */
export function timeLeft(until: Date, now: number): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now) / MINUTE_MS));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts: readonly (readonly [number, string])[] = [
    [days, "d"],
    [hours, "h"],
    [rest, "min"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** "Seats are held: 24 by run pw-4711, expires in 40 min; 12 by run pw-4712, expires in 1 h." Empty when no run holds any. */
export function seatsOfRunsText(runs: readonly RunSeats[], now: number): string {
  const holding = runs.filter(({ seats }) => seats > 0);
  if (holding.length === 0) return "";
  const named = holding
    .slice(0, NAMED)
    .map(({ id, seats, expiresAt }) => `${seats} by run ${id}, expires in ${timeLeft(expiresAt, now)}`);
  const others = holding.slice(NAMED);
  if (others.length > 0) {
    const seats = others.reduce((sum, run) => sum + run.seats, 0);
    named.push(`${seats} by ${others.length} more`);
  }
  return `Seats are held: ${named.join("; ")}.`;
}
