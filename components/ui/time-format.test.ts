import { describe, expect, it, vi } from "vitest";
import { clockTime, lengthText, readersClock, SERVER_CLOCK } from "./time-format";

describe("a moment", () => {
  const at = new Date("2026-05-03T10:00:07.042Z");
  it("is told as exactly as asked, without its zone", () => {
    expect(clockTime(at, SERVER_CLOCK)).toBe("3 May 2026, 10:00");
    expect(clockTime(at, SERVER_CLOCK, "second")).toBe("3 May 2026, 10:00:07");
    expect(clockTime(at, SERVER_CLOCK, "millisecond")).toBe("3 May 2026, 10:00:07.042");
  });
  it("is told in the reader's language, and in UTC where that was chosen", () => {
    vi.stubGlobal("navigator", { language: "de-DE" });
    expect(readersClock(null)).toEqual({ locale: "de-DE", timeZone: undefined });
    expect(clockTime(at, readersClock("utc"))).toBe("3. Mai 2026, 10:00");
  });
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
