const MINUTES = { m: 1, h: 60, d: 1_440 } as const;

/** A length as it is written in a test: `"90m"`, `"2h"`, `"7d"`, or a number of minutes. */
export type Length = number | `${number}${keyof typeof MINUTES}`;

/** Whole minutes. Throws for what is no length. */
export function minutesOf(length: Length): number {
  if (typeof length === "number") return length;
  const [, count, unit] = /^(\d+)([mhd])$/.exec(length) ?? [];
  if (count === undefined || unit === undefined)
    throw new Error(`"${length}" is no length: write it like 90m, 2h or 7d.`);
  return Number(count) * MINUTES[unit as keyof typeof MINUTES];
}
