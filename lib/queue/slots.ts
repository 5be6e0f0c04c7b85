import type { Logger } from "pino";
import { repeat } from "./repeat";
import { Wakeups } from "./wakeups";

export interface SlotsOptions<Key> {
  /** What the log calls the work. */
  readonly name: string;
  readonly log: Logger;
  /** Keys that this process works on at the same time. */
  readonly slots: number;
  /** Milliseconds between two looks for keys that nobody has woken. */
  readonly pollMs: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Finds the keys that have something due and that nobody works on, in the order in which they are to have their turn. */
  readonly find: () => Promise<readonly Key[]>;
  /**
   * Works on a key, if no other process does: it claims something under a lease. Gives when to look at it again, in Unix
   * milliseconds, or null. What it throws is logged; the next poll finds the key again.
   */
  readonly work: (key: Key, wakeups: Wakeups) => Promise<number | null>;
}

export interface Slots<Key> {
  /** Has these keys worked on as soon as a slot is free: first come, first served. */
  wake(keys: readonly Key[]): void;
  /** Looks for keys at once: wake-ups may have been missed. */
  poll(): void;
  /** Waits for the work in hand and begins no more. */
  stop(): Promise<void>;
}

/**
 * Works on keys that are woken or found, several at the same time and each by one run at a time, so that one which hangs
 * takes one slot. A key that is woken while it is worked on is told so, or worked on again afterwards, behind those that
 * wait. All of this is in memory: what a process forgets when it dies, the poll of another finds.
 */
export function startSlots<Key extends number | string>(options: SlotsOptions<Key>): Slots<Key> {
  const { name, log, now, find, work } = options;
  // In the order in which they were woken.
  const waiting = new Set<Key>();
  const running = new Map<Key, { readonly wakeups: Wakeups; readonly end: Promise<void> }>();
  const timers = new Map<Key, NodeJS.Timeout>();
  let stopping = false;

  const run = async (key: Key, wakeups: Wakeups) => {
    try {
      const next = await work(key, wakeups);
      if (next !== null) wakeAt(key, next);
    } catch (error) {
      log.error({ err: error, key }, `${name}: a run failed; its key will be found again`);
    } finally {
      running.delete(key);
      fill();
    }
  };

  const fill = () => {
    for (const key of waiting) {
      if (stopping || running.size >= options.slots) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      const wakeups = new Wakeups();
      running.set(key, { wakeups, end: Promise.resolve().then(() => run(key, wakeups)) });
    }
  };

  const wake = (keys: readonly Key[]) => {
    for (const key of keys) {
      forgetTimer(key);
      if (running.get(key)?.wakeups.notify() !== true) waiting.add(key);
    }
    fill();
  };

  const forgetTimer = (key: Key) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
  };
  const wakeAt = (key: Key, at: number) => {
    forgetTimer(key);
    const delayMs = at - now();
    if (delayMs <= 0) waiting.add(key);
    else if (!stopping) timers.set(key, setTimeout(wake, delayMs, [key]));
  };

  const polling = repeat(
    async () => wake(await find()),
    options.pollMs,
    (error) => log.error({ err: error }, `${name}: a poll failed; the next one tries again`),
  );
  return {
    wake,
    poll: polling.now,
    async stop() {
      stopping = true;
      for (const key of timers.keys()) forgetTimer(key);
      await polling.stop();
      await Promise.all([...running.values()].map(({ end }) => end));
    },
  };
}
