import { createBatch, perDatabase } from "@/lib/db/batch";
import { transactionOn } from "@/lib/db/statement";
import type { Context } from "../context";
import { befriend, type FriendCall, publishBefriended } from "./befriend";
import type { Verdict } from "./judge-friendship";

/** The hot path of friendship: concurrent calls share a transaction of three statements. */

interface BatchedCall {
  readonly context: Context;
  readonly call: FriendCall;
}

const befriending = perDatabase((db) =>
  createBatch<BatchedCall, Verdict>({
    maxItems: 100,
    maxInFlight: 2,
    // Calls about one user may share a batch, since they are judged one after the other; calls about one pair may not.
    keysOf: ({ call }) => [`${call.environmentId}/${[call.userId, call.targetId].sort().join("/")}`],
    async run(items) {
      const calls = items.map(({ call }) => call);
      const results = await transactionOn(db.pool, (run) => befriend(run, calls));
      const [first] = items;
      if (first !== undefined) await publishBefriended(first.context, calls, results);
      return results.map(({ verdict }) => verdict);
    },
  }),
);

/** Carries out one wish in a transaction shared with concurrent ones, and tells the clients. */
export function befriendNow(context: Context, call: FriendCall): Promise<Verdict> {
  return befriending(context.db)({ context, call });
}
