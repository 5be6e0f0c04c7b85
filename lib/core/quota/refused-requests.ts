import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { type RefusedRequestCount, writeRefusedRequests } from "./refused-request-store";

const HOUR_MS = 3_600_000;
const WRITE_AFTER_MS = 5_000;
/** Kept at most until they are written: environments times endpoints. More are not counted. */
const MAX_WAITING = 10_000;

/**
 * Counts requests that were over their rate limit, by hour. A refusal costs an addition in memory; what was gathered is
 * written a few seconds later in one statement, so a process that dies takes seconds of counting with it.
 */
export interface RefusedRequests {
  count(environmentId: EnvironmentId, endpoint: string): void;
  /** Writes what was gathered. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void>;
}

export function createRefusedRequests(context: Context): RefusedRequests {
  let waiting = new Map<string, RefusedRequestCount>();
  let timer: NodeJS.Timeout | undefined;

  const add = (counted: RefusedRequestCount): void => {
    const key = `${counted.environmentId}/${counted.hour.getTime()}/${counted.endpoint}`;
    const known = waiting.get(key);
    if (known === undefined && waiting.size >= MAX_WAITING) return;
    waiting.set(key, { ...counted, count: counted.count + (known?.count ?? 0) });
  };
  const writeSoon = (): void => {
    timer ??= setTimeout(() => void flush(), WRITE_AFTER_MS).unref();
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = [...waiting.values()];
    if (gathered.length === 0) return;
    waiting = new Map();
    try {
      await writeRefusedRequests(context.db, gathered);
    } catch (error) {
      context.log.warn({ err: error }, "quota: refused requests were not written; trying again");
      for (const counted of gathered) add(counted);
      writeSoon();
    }
  };
  return {
    count(environmentId, endpoint) {
      const hour = new Date(Math.floor(context.now() / HOUR_MS) * HOUR_MS);
      add({ environmentId, endpoint, hour, count: 1 });
      writeSoon();
    },
    flush,
  };
}
