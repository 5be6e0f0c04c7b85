import type { Database } from "./database";

/** What is done to a batch, and within which bounds. */
export interface BatchOptions<Item, Result> {
  /**
   * Carries out all items and gives their results in the same order; an `Error` in the list is the failure of that
   * one item. When it rejects, nothing of the batch must have been done.
   */
  run(items: readonly Item[]): Promise<ReadonlyArray<Result | Error>>;
  readonly maxItems: number;
  /** Batches that may run at the same time; each holds one connection. */
  readonly maxInFlight: number;
  /** Items with a key in common never share a batch. */
  keysOf?(item: Item): readonly string[];
  /** Told of what `run` gave, in the order of the batches, once the next batch is on its way. Must not throw. */
  carriedOut?(results: ReadonlyArray<Result | Error>): void;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const MAX_RETRIES = 5;

let atEnd: (() => void)[] = [];

/**
 * Calls all that were handed in during a turn of the event loop in one go, so that statements of different batches can
 * share an exchange (lib/db/lane.ts). None of them may throw.
 */
function atEndOfTurn(act: () => void): void {
  if (atEnd.push(act) > 1) return;
  setImmediate(() => {
    const acts = atEnd;
    atEnd = [];
    for (const one of acts) one();
  });
}

/** The five characters that PostgreSQL names an error's kind with, "" for anything else. */
function sqlState(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // Prisma has codes of its own and keeps PostgreSQL's in the cause of its adapter's error.
  const { code, meta } = error as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  const original = meta?.driverAdapterError?.cause?.originalCode ?? code;
  return typeof original === "string" ? original : "";
}

/** Deadlock or serialisation failure: nothing was done, and trying again is all that is needed. */
export const isTransient = (error: unknown) => ["40P01", "40001"].includes(sqlState(error));

/** The data of some item were refused: the others are to be carried out without it. */
const isRefusedData = (error: unknown) => /^(22|23|54)/.test(sqlState(error));

/**
 * Collects concurrent calls and carries them out together, as natural group commit: a call waits for no timer, only
 * for the end of the event loop's turn and, under load, for a running batch to end. So a lone call is as quick as
 * before, and a hundred concurrent ones become a few statements.
 */
export function createBatch<Item, Result>(options: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  const { run, maxItems, maxInFlight, keysOf, carriedOut } = options;
  let queue: Waiting<Item, Result>[] = [];
  let inFlight = 0;
  let scheduled = false;

  const settle = (waiting: Waiting<Item, Result>, result: Result | Error) =>
    result instanceof Error ? waiting.reject(result) : waiting.resolve(result);

  /** Carries out a batch, whatever that takes; gives what is left to do, which is to tell everybody. Never rejects. */
  const carryOut = async (batch: readonly Waiting<Item, Result>[], retries = 0): Promise<() => void> => {
    try {
      const results = await run(batch.map((waiting) => waiting.item));
      if (results.length !== batch.length) throw new Error("batch: as many results as items are needed");
      return () => {
        carriedOut?.(results);
        batch.forEach((waiting, index) => {
          settle(waiting, results[index] as Result | Error);
        });
      };
    } catch (error) {
      if (isTransient(error) && retries < MAX_RETRIES) return carryOut(batch, retries + 1);
      if (isRefusedData(error) && batch.length > 1) {
        const told: (() => void)[] = [];
        for (const waiting of batch) told.push(await carryOut([waiting]));
        return () => {
          for (const tell of told) tell();
        };
      }
      return () => {
        for (const waiting of batch) waiting.reject(error);
      };
    }
  };

  /** Takes the next batch off the queue; items whose keys are in it already stay, in order. */
  const take = (): Waiting<Item, Result>[] => {
    if (keysOf === undefined) {
      const batch = queue;
      queue = batch.length > maxItems ? batch.splice(maxItems) : [];
      return batch;
    }
    const batch: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    const taken = new Set<string>();
    for (const waiting of queue) {
      const keys = keysOf(waiting.item);
      // The keys of items left behind count as taken too, so that calls about one key keep their order.
      const fits = batch.length < maxItems && !keys.some((key) => taken.has(key));
      (fits ? batch : rest).push(waiting);
      for (const key of keys) taken.add(key);
    }
    queue = rest;
    return batch;
  };

  const pump = () => {
    while (queue.length > 0 && inFlight < maxInFlight) {
      inFlight += 1;
      void carryOut(take()).then((tell) => {
        inFlight -= 1;
        // First what waits: PostgreSQL works while this process tells.
        pump();
        tell();
      });
    }
  };

  const schedule = () => {
    if (scheduled || inFlight >= maxInFlight) return;
    scheduled = true;
    atEndOfTurn(() => {
      scheduled = false;
      pump();
    });
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      schedule();
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
