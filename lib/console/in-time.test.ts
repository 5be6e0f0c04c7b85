import { expect, test } from "vitest";
import { inTime } from "./in-time";

test("a read that answers is given on as it is, a refusal too", async () => {
  expect(await inTime(async () => 7)).toBe(7);
  await expect(inTime(() => Promise.reject(new Error("no such table")))).rejects.toThrow("no such table");
});

test("a read that does not answer becomes a timeout, and its later failure disturbs nobody", async () => {
  let fail = (_: Error) => {};
  const silent = new Promise<never>((_, reject) => {
    fail = reject;
  });
  await expect(inTime(() => silent, 5)).rejects.toMatchObject({ code: "timeout" });
  fail(new Error("canceling statement due to statement timeout"));
});
