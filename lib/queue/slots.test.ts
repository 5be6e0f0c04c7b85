import pino from "pino";
import { afterEach, expect, test } from "vitest";
import { type Slots, type SlotsOptions, startSlots } from "./slots";
import type { Wakeups } from "./wakeups";

/** Keys whose runs a test ends itself. */
interface Run {
  readonly key: number;
  readonly wakeups: Wakeups;
  /** `next`: when to look again, in Unix milliseconds. */
  end(next?: number | null): void;
  fail(error: Error): void;
}

const NEVER_MS = 600_000;
let runs: Run[] = [];
let slots: Slots<number> | undefined;

afterEach(async () => {
  const stopped = slots?.stop();
  for (const run of runs) run.end();
  await stopped;
  slots = undefined;
  runs = [];
});

function start(options: Partial<SlotsOptions<number>> = {}): Slots<number> {
  slots = startSlots<number>({
    name: "test",
    log: pino({ level: "silent" }),
    slots: 2,
    pollMs: NEVER_MS,
    now: Date.now,
    find: async () => [],
    work: (key, wakeups) =>
      new Promise((resolve, reject) => {
        runs.push({ key, wakeups, end: (next = null) => resolve(next), fail: reject });
      }),
    ...options,
  });
  return slots;
}

const keys = () => runs.map(({ key }) => key);
const begun = (...expected: number[]) => expect.poll(keys, { interval: 1 }).toEqual(expected);
const runOf = (key: number): Run => {
  const run = runs.findLast((one) => one.key === key);
  if (run === undefined) throw new Error(`no run of ${key}`);
  return run;
};

test("keys have their turn in the order in which they were woken, as many at a time as there are slots", async () => {
  start().wake([3, 1, 2, 1, 4]);
  await begun(3, 1);
  runOf(1).end();
  await begun(3, 1, 2);
  runOf(2).end();
  runOf(3).end();
  await begun(3, 1, 2, 4);
});

test("a run that hangs takes one slot and no other key's turn", async () => {
  const { wake } = start();
  wake([1]);
  await begun(1);
  for (const [index, key] of [2, 3, 4].entries()) {
    wake([1, key]);
    await begun(1, ...[2, 3, 4].slice(0, index + 1));
    runOf(key).end();
  }
});

test("a key that is woken while it is worked on is worked on again afterwards, behind those that wait", async () => {
  const { wake } = start({ slots: 1 });
  wake([1]);
  await begun(1);
  wake([2, 1, 1]);
  runOf(1).end();
  await begun(1, 2);
  runOf(2).end();
  await begun(1, 2, 1);
  runOf(1).end();
  wake([5]);
  await begun(1, 2, 1, 5);
});

test("a run that listens is told of the wake-up, and its key is not worked on again for it", async () => {
  const { wake } = start({ slots: 1 });
  wake([1]);
  await begun(1);
  const { wakeups, end } = runOf(1);
  const woken = wakeups.next();
  wake([1]);
  await woken;
  end();
  wake([2]);
  await begun(1, 2);
  runOf(2).end();
  // One that listens no more is told nothing.
  wake([1]);
  await begun(1, 2, 1);
  void runOf(1).wakeups.next();
  runOf(1).wakeups.close();
  wake([1]);
  runOf(1).end();
  await begun(1, 2, 1, 1);
});

test("a key comes up again when its run has said so, and sooner when it is woken", async () => {
  const { wake } = start();
  wake([1, 2]);
  await begun(1, 2);
  const said = Date.now() + 150;
  runOf(1).end(said);
  runOf(2).end(Date.now() + NEVER_MS);
  await begun(1, 2, 1);
  expect(Date.now()).toBeGreaterThanOrEqual(said - 2);
  runOf(1).end(0);
  await begun(1, 2, 1, 1);
  wake([2]);
  await begun(1, 2, 1, 1, 2);
});

test("a run that fails costs no slot, and the poll finds its key again", async () => {
  let found: number[] = [];
  const { wake, poll } = start({ slots: 1, find: async () => found });
  wake([1, 2]);
  await begun(1);
  runOf(1).fail(new Error("the database is away"));
  await begun(1, 2);
  runOf(2).fail(new Error("the database is away"));
  found = [2, 1];
  poll();
  await begun(1, 2, 2);
  runOf(2).end();
  await begun(1, 2, 2, 1);
});

test("polls again and again, also after a poll that failed", async () => {
  let polls = 0;
  start({
    pollMs: 5,
    find: async () => {
      polls += 1;
      if (polls % 2 === 1) throw new Error("the database is away");
      return [polls];
    },
  });
  await begun(2, 4);
});

test("stopping waits for the runs in hand and begins no more", async () => {
  const { wake, stop } = start({ slots: 1 });
  wake([1, 2]);
  await begun(1);
  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  wake([3]);
  expect(stopped).toBe(false);
  runOf(1).end(0);
  await stopping;
  expect(keys()).toEqual([1]);
});
