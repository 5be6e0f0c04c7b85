import { setImmediate as turned } from "node:timers/promises";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { createStayAwake } from "./stay-awake";

let immediates: MockInstance<typeof setImmediate>;
beforeEach(() => {
  immediates = vi.spyOn(globalThis, "setImmediate");
});
afterEach(() => immediates.mockRestore());

/** Lets the event loop turn so many times. */
async function turnLoop(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await turned();
}

/**
 * Asks a second question so many ms after the answer to the first, by a clock that stands still until `pass` moves it.
 * `turns` counts the turns of the event loop that were asked for here since.
 */
function askTwice(processors: number, gapMs: number) {
  let now = 0;
  const awake = createStayAwake(processors, () => now);
  awake.sent();
  awake.answered();
  now += gapMs;
  const before = immediates.mock.calls.length;
  awake.sent();
  const [own] = immediates.mock.calls[before] ?? [];
  const turns = () => (own === undefined ? 0 : immediates.mock.calls.filter(([callback]) => callback === own).length);
  return { awake, turns, pass: (ms: number) => (now += ms) };
}

test("stays awake for a moment when questions follow each other closely, however long the answer takes", async () => {
  const { turns, pass } = askTwice(2, 0.9);
  await turnLoop(20);
  const within = turns();
  expect(within).toBeGreaterThan(10);
  pass(0.4);
  await turnLoop(20);
  // The turn that was under way looks at the clock once more.
  expect(turns()).toBeLessThanOrEqual(within + 1);
});

test("sleeps again with the answer", async () => {
  const { awake, turns } = askTwice(2, 0);
  awake.answered();
  await turnLoop(20);
  expect(turns()).toBe(1);
});

test("stays awake once, not once for each question", () => {
  const { awake, turns } = askTwice(2, 0);
  for (let n = 0; n < 100; n += 1) {
    awake.answered();
    awake.sent();
  }
  expect(turns()).toBe(1);
});

test("sleeps when questions are rare, and where there is one processor", async () => {
  const rare = askTwice(2, 1.1);
  const single = askTwice(1, 0);
  await turnLoop(20);
  expect([rare.turns(), single.turns()]).toEqual([0, 0]);
});
