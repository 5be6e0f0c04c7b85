import { createBatch, perDatabase } from "@/lib/db/batch";
import { transactionOn } from "@/lib/db/statement";
import type { Context } from "../context";
import { type BlockCall, type BlockResult, blockFor, publishBlocked } from "./block-calls";

/** The hot path of blocking: concurrent calls share a transaction of three statements. */

interface BatchedCall {
  readonly context: Context;
  readonly call: BlockCall;
}

const blocking = perDatabase((db) =>
  createBatch<BatchedCall, BlockResult>({
    maxItems: 50,
    maxInFlight: 2,
    keysOf: ({ call }) => [`${call.environmentId}/${call.userId}`],
    async run(items) {
      const calls = items.map(({ call }) => call);
      const results = await transactionOn(db.pool, (run) => blockFor(run, calls));
      const [first] = items;
      if (first !== undefined) await publishBlocked(first.context, calls, results);
      return results;
    },
  }),
);

/** Carries out one user's wish in a transaction shared with concurrent ones, and tells the clients. */
export function blockNow(context: Context, call: BlockCall): Promise<BlockResult> {
  return blocking(context.db)({ context, call });
}
