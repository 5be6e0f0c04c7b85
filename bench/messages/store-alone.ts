import pg from "pg";
import type { EnvironmentId } from "@/lib/core/actor";
import type { NewMessage } from "@/lib/core/messages/message";
import { storeMessages } from "@/lib/core/messages/message-store";
import { onPool } from "@/lib/db/statement";

/**
 * Messages a second that one connection to PostgreSQL stores in batches of `batch`, one batch after the other, with
 * nothing else around it: what there is to be had.
 */
export async function storeAlone(
  databaseUrl: string,
  environmentId: number,
  order: { readonly seconds: number; readonly batch: number; readonly users: number; readonly content: string },
): Promise<number> {
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
        const times = { now: Date.now(), real: Date.now() };
        await storeMessages(onPool(pool), environmentId as EnvironmentId, messages, times);
      }
      return stored;
    };
    await storeFor(500);
    const started = performance.now();
    const stored = await storeFor(order.seconds * 1_000);
    return stored / ((performance.now() - started) / 1_000);
  } finally {
    await pool.end();
  }
}
