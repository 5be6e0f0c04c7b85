import { expect, it } from "vitest";
import { lengthText } from "./time-format";

it.each([
  [1, "1 minute"],
  [90, "1 hour 30 minutes"],
  [1440, "1 day"],
  [13_948, "9 days 16 hours"],
  [43_200, "30 days"],
])("%i minutes are %s", (minutes, words) => {
  expect(lengthText(minutes)).toBe(words);
});
