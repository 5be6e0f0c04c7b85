import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { createStayAwake } from "./stay-awake";

let immediates: MockInstance<typeof setImmediate>;
beforeEach(() => {
  immediates = vi.spyOn(globalThis, "setImmediate");
});
afterEach(() => immediates.mockRestore());

/**
 * Asks a second question so long after the answer to the first. `turns` counts the turns of the event loop that have not
 * waited since, as far as they were asked for here.
 */
async function askTwice(processors: number, gapMs: number) {
  const awake = createStayAwake(processors);
  awake.sent();
  awake.answered();
  if (gapMs > 0) await pause(gapMs);
  const before = immediates.mock.calls.length;
  awake.sent();
  const [own] = immediates.mock.calls[before] ?? [];
  const turns = () => immediates.mock.calls.filter(([callback]) => callback === own).length;
  return { awake, turns: () => (own === undefined ? 0 : turns()) };
}

test("stays awake for a moment when questions follow each other closely, however long the answer takes", async () => {
  const { turns } = await askTwice(2, 0);
  await pause(50);
  const within = turns();
  expect(within).toBeGreaterThan(1);
  await pause(50);
  expect(turns()).toBe(within);
});

test("sleeps again with the answer", async () => {
  const { awake, turns } = await askTwice(2, 0);
  awake.answered();
  await pause(50);
  expect(turns()).toBe(1);
});

test("stays awake once, not once for each question", async () => {
  const { awake, turns } = await askTwice(2, 0);
  for (let n = 0; n < 100; n += 1) {
    awake.answered();
    awake.sent();
  }
  expect(turns()).toBe(1);
});

test("sleeps when questions are rare, and where there is one processor", async () => {
  const rare = await askTwice(2, 20);
  const single = await askTwice(1, 0);
  await pause(20);
  expect([rare.turns(), single.turns()]).toEqual([0, 0]);
});
