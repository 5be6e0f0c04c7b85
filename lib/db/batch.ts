import type { Database } from "./database";
import { isRefusedData, isTransient } from "./sql-state";

/** What is done to a batch, and within which bounds. */
export interface BatchOptions<Item, Result> {
  /**
   * Does all items and gives their results in the same order; an `Error` in the list is the failure of that one item. When
   * it rejects, nothing of the batch must have been done: it is run again after a deadlock, and item by item when the data
   * of one were refused.
   */
  run(items: readonly Item[]): Promise<ReadonlyArray<Result | Error>>;
  readonly maxItems: number;
  /** Batches of one group that may run at the same time; each holds one connection. */
  readonly maxInFlight: number;
  /** Items of different groups never share a batch, nor do they wait for each other. Default: one group. */
  groupOf?(item: Item): number | string;
  /** Items with a key in common never share a batch. */
  keysOf?(item: Item): readonly string[];
  /** Told what `run` gave, in the order of the batches, once the next batch is on its way. Must not throw. */
  onResults?(results: ReadonlyArray<Result | Error>): void;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** What waits and runs of one group. */
interface Group<Item, Result> {
  queue: Waiting<Item, Result>[];
  inFlight: number;
  scheduled: boolean;
}

const MAX_RETRIES = 20;

let atEnd: (() => void)[] = [];

/**
 * Calls all that were handed in during a turn of the event loop in one go, so that statements of different batches can
 * share an exchange (lib/db/pipeline.ts). None of them may throw.
 */
function atEndOfTurn(act: () => void): void {
  if (atEnd.push(act) > 1) return;
  setImmediate(() => {
    const acts = atEnd;
    atEnd = [];
    for (const one of acts) one();
  });
}

/**
 * Collects concurrent calls and does them together, as natural group commit: a call waits for no timer, only for the end of
 * the event loop's turn and, under load, for a running batch of its group to end. So a lone call is as quick as before, and
 * a hundred concurrent ones become a few statements.
 */
export function createBatch<Item, Result>(options: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  const { run, maxItems, maxInFlight, keysOf, groupOf, onResults } = options;
  const groups = new Map<number | string, Group<Item, Result>>();

  const settle = (waiting: Waiting<Item, Result>, result: Result | Error) =>
    result instanceof Error ? waiting.reject(result) : waiting.resolve(result);

  /** Runs a batch, whatever that takes; gives what is left to do, which is to tell everybody. Never rejects. */
  const runBatch = async (batch: readonly Waiting<Item, Result>[], retries = 0): Promise<() => void> => {
    try {
      const results = await run(batch.map((waiting) => waiting.item));
      if (results.length !== batch.length) throw new Error("batch: as many results as items are needed");
      return () => {
        onResults?.(results);
        batch.forEach((waiting, index) => {
          settle(waiting, results[index] as Result | Error);
        });
      };
    } catch (error) {
      if (isTransient(error) && retries < MAX_RETRIES) return runBatch(batch, retries + 1);
      if (isRefusedData(error) && batch.length > 1) {
        const answers: (() => void)[] = [];
        for (const waiting of batch) answers.push(await runBatch([waiting]));
        return () => {
          for (const answer of answers) answer();
        };
      }
      return () => {
        for (const waiting of batch) waiting.reject(error);
      };
    }
  };

  /** Takes the next batch off the group's queue; items whose keys are in it already stay, in order. */
  const take = (group: Group<Item, Result>): Waiting<Item, Result>[] => {
    if (keysOf === undefined) {
      const batch = group.queue;
      group.queue = batch.length > maxItems ? batch.splice(maxItems) : [];
      return batch;
    }
    const batch: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    const taken = new Set<string>();
    for (const waiting of group.queue) {
      const keys = keysOf(waiting.item);
      // The keys of items left behind count as taken too, so that calls about one key keep their order.
      const fits = batch.length < maxItems && !keys.some((key) => taken.has(key));
      (fits ? batch : rest).push(waiting);
      for (const key of keys) taken.add(key);
    }
    group.queue = rest;
    return batch;
  };

  const pump = (name: number | string, group: Group<Item, Result>) => {
    while (group.queue.length > 0 && group.inFlight < maxInFlight) {
      group.inFlight += 1;
      void runBatch(take(group)).then((tell) => {
        group.inFlight -= 1;
        // First what waits: PostgreSQL works while this process tells.
        pump(name, group);
        tell();
      });
    }
    if (group.queue.length === 0 && group.inFlight === 0) groups.delete(name);
  };

  const groupNamed = (name: number | string): Group<Item, Result> => {
    const known = groups.get(name);
    if (known !== undefined) return known;
    const group = { queue: [], inFlight: 0, scheduled: false };
    groups.set(name, group);
    return group;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      const name = groupOf?.(item) ?? "";
      const group = groupNamed(name);
      group.queue.push({ item, resolve, reject });
      if (group.scheduled || group.inFlight >= maxInFlight) return;
      group.scheduled = true;
      atEndOfTurn(() => {
        group.scheduled = false;
        pump(name, group);
      });
    });
}

/** One value per database (that is, per process), made on first use: where batches live. */
export function perDatabase<T>(make: (db: Database) => T): (db: Database) => T {
  const made = new WeakMap<Database, T>();
  return (db) => {
    const existing = made.get(db);
    if (existing !== undefined) return existing;
    const value = make(db);
    made.set(db, value);
    return value;
  };
}
