import { describe, expect, test } from "vitest";
import { endsSentence, minutesUntil, parseBanMinutes } from "./ban-length";

test.each(["0", "43201", "-5", "1.5", "", "abc", "1e3"])("%j is no length of a ban", (text) => {
  expect(parseBanMinutes(text)).toBeNull();
});

test.each([
  ["1", 1],
  ["43200", 43_200],
])("%s minutes is one", (text, minutes) => {
  expect(parseBanMinutes(text)).toBe(minutes);
});

test("a wished end is never undercut", () => {
  expect(minutesUntil(90_000, 0)).toBe(2);
  expect(minutesUntil(120_000, 0)).toBe(2);
});

describe("endsSentence", () => {
  const end = Date.UTC(2026, 4, 3, 10, 0);
  const at = (timeZone: string) => ({ locale: "en-GB", timeZone });
  test("gives the reader's time and UTC", () => {
    expect(endsSentence(end, at("Europe/Berlin"))).toBe("Ends Sun 3 May 12:00 (your time), 10:00 UTC");
  });
  test("says it once where the reader's time is UTC", () => {
    expect(endsSentence(end, at("UTC"))).toBe("Ends Sun 3 May 10:00 UTC");
  });
  test("names the UTC day where it is another one", () => {
    expect(endsSentence(end, at("Pacific/Auckland"))).toBe("Ends Sun 3 May 22:00 (your time), 10:00 UTC");
    expect(endsSentence(end + 3 * 3_600_000, at("Pacific/Auckland"))).toBe(
      "Ends Mon 4 May 01:00 (your time), Sun 3 May 13:00 UTC",
    );
  });
});
