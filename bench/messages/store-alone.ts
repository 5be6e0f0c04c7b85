import pg from "pg";
import type { EnvironmentId } from "@/lib/core/actor";
import type { NewMessage } from "@/lib/core/messages/message";
import { storeMessages } from "@/lib/core/messages/message-store";
import { onPool } from "@/lib/db/statement";
import type { Meter } from "../gateway/messages";

/** What there is to be had. */
export interface StoredAlone {
  readonly perSecond: number;
  /** Seconds of PostgreSQL's processor time for each message. */
  readonly database: number;
}

/**
 * Messages that one connection to PostgreSQL stores in batches of `batch`, one batch after the other, with nothing else
 * around it. `database` gives the processor time that PostgreSQL has used so far, in seconds.
 */
export async function storeAlone(
  databaseUrl: string,
  environmentId: number,
  order: { readonly seconds: number; readonly batch: number; readonly users: number; readonly content: string },
  database: Meter,
): Promise<StoredAlone> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  let number = 0;
  const messageOf = (): NewMessage => {
    number += 1;
    const [senderId, targetId] = [
      `user-${number % order.batch}`,
      `user-${order.batch + (number % (order.users - order.batch))}`,
    ];
    return {
      environmentId: environmentId as EnvironmentId,
      kind: "direct",
      senderId,
      messageType: "RC:TxtMsg",
      content: order.content,
      options: null,
      sentAt: Date.now(),
      persisted: true,
      copies: [{ targetId, userIds: [targetId, senderId] }],
      clientKey: `${process.pid.toString(16).padStart(8, "0")}${number.toString(16).padStart(24, "0")}`,
      connectionId: "",
    };
  };
  try {
    const storeFor = async (ms: number): Promise<number> => {
      const end = performance.now() + ms;
      let stored = 0;
      for (; performance.now() < end; stored += order.batch) {
        const messages = Array.from({ length: order.batch }, messageOf);
        await storeMessages(onPool(pool), environmentId as EnvironmentId, messages, {
          now: Date.now(),
          real: Date.now(),
        });
      }
      return stored;
    };
    await storeFor(500);
    const [before, started] = [await database(), performance.now()];
    const stored = await storeFor(order.seconds * 1_000);
    const elapsed = (performance.now() - started) / 1_000;
    return { perSecond: stored / elapsed, database: ((await database()) - before) / stored };
  } finally {
    await pool.end();
  }
}
