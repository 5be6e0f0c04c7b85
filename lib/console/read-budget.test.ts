import { expect, test } from "vitest";
import { countRead, READS_PER_MINUTE } from "./read-budget";

const START = 1_800_000_000_000;

test("a session has so many reads in a minute, each its own, and all of them again in the next", () => {
  for (let read = 0; read < READS_PER_MINUTE; read += 1) countRead("one", START + read);
  expect(() => countRead("one", START + 59_000)).toThrow(/Wait a moment/);
  expect(() => countRead("one", START + 59_999)).toThrow(expect.objectContaining({ code: "rate_limited" }));
  countRead("another", START + 59_999);
  countRead("one", START + 60_000);
});
