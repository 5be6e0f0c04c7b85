import { createBatch, perDatabase } from "@/lib/db/batch";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import {
  type Delivery,
  deliveriesOf,
  lengthOf,
  type NewMessage,
  type NumberedMessage,
  type StoredRange,
} from "./message";
import { messagesStored } from "./message-feed";
import { storeMessages } from "./message-store";

/** What the sender is told. */
export interface MessageReceipt {
  /** One for each copy, in their order. */
  readonly deliveries: readonly Delivery[];
  /** The client had sent it before: it is stored and delivered once, and this is the earlier one's receipt. */
  readonly repeated: boolean;
}

interface Call {
  readonly context: Context;
  readonly message: NewMessage;
}

/** Messages in one batch, and inbox entries and UTF-16 units of what they say in one transaction of it. */
const MAX_MESSAGES = 500;
const MAX_ENTRIES = 6_000;
const MAX_LENGTH = 4_000_000;

/** What became of a call, and the range it was stored in with the others of its chunk. */
interface Stored {
  readonly receipt: MessageReceipt;
  readonly range: StoredRange;
}

type Store = (call: Call) => Promise<Stored>;

const stores = perDatabase(() => new Map<EnvironmentId, Store>());

/**
 * Stores a message, together with those that are stored in the same environment at the same time, and gives it to the
 * connected users' processes. Resolves when it is durable; rejects with its demand's refusal. Messages keep the order of the
 * calls.
 */
export async function storeMessage(context: Context, message: NewMessage): Promise<MessageReceipt> {
  const known = stores(context.db);
  let store = known.get(message.environmentId);
  if (store === undefined) {
    store = createBatch<Call, Stored>({
      maxItems: MAX_MESSAGES,
      // Batches of one environment take turns in the database anyway, and their order is the callers' order.
      maxInFlight: 1,
      keysOf: ({ message: { clientKey } }) => (clientKey === null ? [] : [clientKey]),
      run: storeCalls,
      onResults: (results) => {
        const ranges = new Set(results.flatMap((result) => (result instanceof Error ? [] : [result.range])));
        for (const range of ranges) messagesStored(context, range);
      },
    });
    known.set(message.environmentId, store);
  }
  return (await store({ context, message })).receipt;
}

async function storeCalls(calls: readonly Call[]): Promise<(Stored | Error)[]> {
  const results: (Stored | Error)[] = [];
  for (const chunk of chunksOf(calls)) {
    try {
      results.push(...(await storeChunk(chunk)));
    } catch (error) {
      // What failed alone goes to the batch's own handling; of several chunks, those before it are stored.
      if (chunk.length === calls.length) throw error;
      results.push(...chunk.map(() => (error instanceof Error ? error : new Error(String(error)))));
    }
  }
  return results;
}

function chunksOf(calls: readonly Call[]): Call[][] {
  const chunks: Call[][] = [];
  let entries = 0;
  let length = 0;
  for (const call of calls) {
    const own = call.message.copies.reduce((sum, { userIds }) => sum + userIds.length, 0);
    const said = lengthOf(call.message);
    const chunk = chunks.at(-1);
    if (chunk !== undefined && entries + own <= MAX_ENTRIES && length + said <= MAX_LENGTH) {
      chunk.push(call);
      entries += own;
      length += said;
    } else {
      chunks.push([call]);
      entries = own;
      length = said;
    }
  }
  return chunks;
}

async function storeChunk(calls: readonly Call[]): Promise<(Stored | Error)[]> {
  const [call] = calls;
  if (call === undefined) return [];
  const { context } = call;
  const { environmentId } = call.message;
  const messages = calls.map(({ message }) => message);
  const times = { now: context.now(), real: realNow(context) };
  const { first, last, outcomes } = await storeMessages(onPool(context.db.pool), environmentId, messages, times);
  const fresh: NumberedMessage[] = [];
  const range = { environmentId, first, last, messages: fresh };
  return outcomes.map((outcome, index): Stored | Error => {
    const message = messages[index] as NewMessage;
    if (outcome instanceof Error) return outcome;
    const { sequence, sentAt, known } = outcome;
    const numbered = { message: known ? { ...message, sentAt } : message, sequence };
    if (!known) fresh.push(numbered);
    return { receipt: { deliveries: deliveriesOf(numbered), repeated: known }, range };
  });
}
