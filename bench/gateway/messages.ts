import { setTimeout as pause } from "node:timers/promises";
import { maskedFrame, type RawClient } from "./raw-client";

/** What 64 senders who wait for each answer achieve, beside thousands of idle connections. */
export interface MessagesMeasured {
  /** Acknowledged and delivered messages a second; both counted, the smaller is told. */
  readonly perSecond: number;
  /** Milliseconds from sending to the acknowledgement, which comes after the commit. */
  readonly ackP50: number;
  readonly ackP99: number;
  /** Milliseconds from sending to the frame at the recipient. */
  readonly deliveryP50: number;
  readonly deliveryP99: number;
  readonly acknowledged: number;
  readonly delivered: number;
}

const SENDERS = 64;
const WARM_UP_MS = 1_500;
/** Until the last deliveries have come. */
const TAIL_MS = 1_000;
const ANSWER = '{"jsonrpc":"2.0","id":';
const SENT_AT = /\\"content\\":\\"(\d+\.?\d*)\\"/;

const at = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 100) / 100;

/**
 * Every sender writes to others in turn, one message at a time; user `user-n` is `clients[n]`. The content of each
 * message is the time at which it was sent.
 */
export async function measureMessages(clients: readonly RawClient[], seconds: number): Promise<MessagesMeasured> {
  const recipients = clients.length - SENDERS;
  const acks: number[] = [];
  const deliveries: number[] = [];
  let counting = false;
  let running = true;
  for (const client of clients.slice(SENDERS)) {
    client.onText = (payload) => {
      const sentAt = SENT_AT.exec(payload.toString("latin1"))?.[1];
      if (sentAt === undefined) throw new Error(`not a message: ${payload.toString()}`);
      if (counting) deliveries.push(performance.now() - Number(sentAt));
    };
  }
  const send = (client: RawClient, sender: number, number: number) => {
    const recipient = SENDERS + ((sender * 997 + number) % recipients);
    const content = JSON.stringify({ content: String(performance.now()) });
    const params = {
      toUserId: `user-${recipient}`,
      messageType: "RC:TxtMsg",
      content,
      clientMessageId: `${sender}-${number}`,
    };
    client.socket.write(maskedFrame(JSON.stringify({ jsonrpc: "2.0", id: number, method: "message/send", params })));
  };
  const senders = clients.slice(0, SENDERS).map(
    (client, sender) =>
      new Promise<void>((resolve, reject) => {
        let number = 2;
        let sentAt = performance.now();
        client.onText = (payload) => {
          const text = payload.toString("latin1");
          if (!text.startsWith(ANSWER) || !text.includes('"result"')) return reject(new Error(text));
          if (counting) acks.push(performance.now() - sentAt);
          if (!running) return resolve();
          number += 1;
          sentAt = performance.now();
          send(client, sender, number);
        };
        send(client, sender, number);
      }),
  );
  await pause(WARM_UP_MS);
  counting = true;
  const started = performance.now();
  await pause(seconds * 1_000);
  const elapsed = (performance.now() - started) / 1_000;
  const [acknowledged, delivered] = [acks.length, deliveries.length];
  counting = false;
  running = false;
  await Promise.all(senders);
  await pause(TAIL_MS);
  acks.sort((a, b) => a - b);
  deliveries.sort((a, b) => a - b);
  return {
    perSecond: Math.round(Math.min(acknowledged, delivered) / elapsed),
    ackP50: at(acks, 0.5),
    ackP99: at(acks, 0.99),
    deliveryP50: at(deliveries, 0.5),
    deliveryP99: at(deliveries, 0.99),
    acknowledged,
    delivered,
  };
}
