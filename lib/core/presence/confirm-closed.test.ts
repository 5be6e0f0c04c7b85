import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitUntilClosed } from "./confirm-closed";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts from a database that takes so long for each answer. */
function slow(answerMs: number, open: () => number) {
  const looks: number[] = [];
  const count = async () => {
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    looks.push(performance.now());
    return open();
  };
  return { looks, count };
}

test("connections that never close are waited for two seconds, however long each look takes", async () => {
  const { count } = slow(700, () => 3);
  const started = performance.now();
  const waiting = waitUntilClosed(count).then((open) => ({ open, ms: performance.now() - started }));
  await vi.advanceTimersByTimeAsync(60_000);
  const { open, ms } = await waiting;
  expect(open).toBe(3);
  expect(ms).toBeLessThan(2_000 + 700);
});

test("the wait ends with the last of them", async () => {
  let open = 5;
  const { looks, count } = slow(1, () => open);
  const waiting = waitUntilClosed(count);
  await vi.advanceTimersByTimeAsync(100);
  open = 0;
  await vi.advanceTimersByTimeAsync(200);
  expect(await waiting).toBe(0);
  expect(looks.length).toBeLessThan(6);
});
