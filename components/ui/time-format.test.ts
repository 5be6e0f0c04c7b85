import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import {
  clockTime,
  dateInputValue,
  dateOfInput,
  lengthText,
  readersClock,
  relativeTime,
  SERVER_CLOCK,
} from "./time-format";

describe("a moment", () => {
  const at = new Date("2026-05-03T10:00:07.042Z");
  it("is told as exactly as asked, without its zone", () => {
    expect(clockTime(at, SERVER_CLOCK)).toBe("3 May 2026, 10:00");
    expect(clockTime(at, SERVER_CLOCK, "second")).toBe("3 May 2026, 10:00:07");
    expect(clockTime(at, SERVER_CLOCK, "millisecond")).toBe("3 May 2026, 10:00:07.042");
  });
  it("is told in the reader's language, and in UTC where that was chosen", () => {
    vi.stubGlobal("navigator", { language: "de-DE" });
    expect(readersClock(null, false)).toEqual({ locale: "de-DE", timeZone: undefined });
    expect(clockTime(at, readersClock("utc", false))).toBe("3. Mai 2026, 10:00");
  });
});

describe("a time from now", () => {
  const MINUTE_MS = 60_000;
  const HOUR_MS = 60 * MINUTE_MS;
  it.each([
    [2 * HOUR_MS - 1_000, "in 2 hours"],
    [HOUR_MS - 5_000, "in 1 hour"],
    [7 * 24 * HOUR_MS - 10_000, "in 7 days"],
    [90 * 1_000, "in 2 minutes"],
    [59_000, "in less than a minute"],
    [-30_000, "just now"],
    [-89_000, "1 minute ago"],
    [-23 * HOUR_MS, "23 hours ago"],
    [-47 * HOUR_MS, "2 days ago"],
  ])("%i ms: %s", (distance, words) => {
    expect(relativeTime(new Date(1_000_000_000_000 + distance), 1_000_000_000_000)).toBe(words);
  });
});

it.each(["UTC", undefined])(
  "a field for a date and a time gives back the minute that it was given, in %s",
  (timeZone) => {
    const at = new Date("2026-05-03T10:07:00Z");
    const value = dateInputValue(at, { timeZone });
    expect(dateOfInput(value, { timeZone })).toBe(at.getTime());
    if (timeZone === "UTC") expect(value).toBe("2026-05-03T10:07");
    expect(dateOfInput("", { timeZone })).toBeNaN();
  },
);

it("nothing else on the screens writes times or numbers in a form of its own", () => {
  const own = ["components/ui/time-format.ts", "components/ui/count-text.ts"];
  const sources = ["app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  const others = sources.filter(
    (name) =>
      /(?<!\.test)\.tsx?$/.test(name) &&
      !own.includes(name) &&
      /\.toLocale\w*String\(|Intl\.(DateTime|RelativeTime|Duration)Format|toISOString\(\)\.slice\((11|0, 1[69])/.test(
        readFileSync(name, "utf8"),
      ),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(others).toEqual([]);
});

it.each([
  [1, "1 minute"],
  [90, "1 hour 30 minutes"],
  [1440, "1 day"],
  [13_948, "9 days 16 hours"],
  [14_399, "10 days"],
  [43_200, "30 days"],
])("%i minutes are %s", (minutes, words) => {
  expect(lengthText(minutes)).toBe(words);
});
