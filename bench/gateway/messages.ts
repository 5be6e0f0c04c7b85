import { setTimeout as pause } from "node:timers/promises";
import { maskedFrame, type RawClient } from "./raw-client";

/** Who sends to whom over the connections of a service, and how fast. */
export interface Load {
  /** So many of the clients send, from the first on. */
  readonly senders: number;
  /** Whom a sender's message goes to. */
  to(sender: number, number: number): { readonly toUserId: string } | { readonly groupId: string };
  /** Messages a second of all senders together; left out: each sender waits for the answer to the one before. */
  readonly perSecond?: number;
  readonly seconds: number;
}

/** What was acknowledged, which comes after the commit, and delivered. Times are milliseconds from the sending. */
export interface MessagesMeasured {
  readonly perSecond: number;
  readonly deliveredPerSecond: number;
  readonly ackP50: number;
  readonly ackP99: number;
  readonly deliveryP50: number;
  readonly deliveryP99: number;
  /** What each meter has gone up by for each acknowledged message, while messages were counted. */
  readonly used: readonly number[];
}

/** Something that only grows, seconds of processor time for example. */
export type Meter = () => number | Promise<number>;

const WARM_UP_MS = 1_500;
/** Until the last deliveries have come. */
const TAIL_MS = 1_000;
/** How often messages are sent that nobody waits for. */
const BEAT_MS = 5;
/** An answer, or what a message says; a frame may hold several. */
const PARTS = /"id":(\d+),"(result|error)"|\\"content\\":\\"(\d+\.?\d*)\\"/g;

export const at = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 100) / 100;

/** The content of each message is the time at which it was sent. */
export async function measureMessages(
  clients: readonly RawClient[],
  load: Load,
  meters: readonly Meter[] = [],
): Promise<MessagesMeasured> {
  const acks: number[] = [];
  const deliveries: number[] = [];
  let counting = false;
  let running = true;
  let failure: Error | undefined;
  const senders = clients.slice(0, load.senders).map((client, index) => ({ client, index, number: 1, sentAt: 0 }));
  const send = (sender: (typeof senders)[number]) => {
    sender.number += 1;
    sender.sentAt = performance.now();
    const params = {
      ...load.to(sender.index, sender.number),
      messageType: "RC:TxtMsg",
      content: JSON.stringify({ content: String(sender.sentAt) }),
      clientMessageId: `${sender.index}-${sender.sentAt}`,
    };
    const call = { jsonrpc: "2.0", id: sender.number, method: "message/send", params };
    sender.client.socket.write(maskedFrame(JSON.stringify(call)));
  };
  for (const [index, client] of clients.entries()) {
    const sender = senders[index];
    client.onText = (payload) => {
      const now = performance.now();
      for (const [, id, outcome, sentAt] of payload.toString("latin1").matchAll(PARTS)) {
        if (sentAt !== undefined) {
          if (counting) deliveries.push(now - Number(sentAt));
        } else if (outcome === "error" || sender === undefined || Number(id) > sender.number) {
          failure = new Error(payload.toString());
        } else {
          if (counting) acks.push(now - sender.sentAt);
          if (running && load.perSecond === undefined) send(sender);
        }
      }
    };
  }
  let beat: NodeJS.Timeout | undefined;
  if (load.perSecond === undefined) for (const sender of senders) send(sender);
  else {
    const began = performance.now();
    const perMs = load.perSecond / 1_000;
    let sent = 0;
    beat = setInterval(() => {
      for (; sent < (performance.now() - began) * perMs; sent += 1) {
        const sender = senders[sent % senders.length];
        if (sender !== undefined) send(sender);
      }
    }, BEAT_MS);
  }
  await pause(WARM_UP_MS);
  const before = await Promise.all(meters.map((meter) => meter()));
  counting = true;
  const started = performance.now();
  await pause(load.seconds * 1_000);
  const elapsed = (performance.now() - started) / 1_000;
  counting = false;
  const after = await Promise.all(meters.map((meter) => meter()));
  running = false;
  clearInterval(beat);
  await pause(TAIL_MS);
  if (failure !== undefined) throw failure;
  acks.sort((a, b) => a - b);
  deliveries.sort((a, b) => a - b);
  return {
    perSecond: Math.round(acks.length / elapsed),
    deliveredPerSecond: Math.round(deliveries.length / elapsed),
    ackP50: at(acks, 0.5),
    ackP99: at(acks, 0.99),
    deliveryP50: at(deliveries, 0.5),
    deliveryP99: at(deliveries, 0.99),
    used: after.map((value, index) => (value - (before[index] ?? 0)) / acks.length),
  };
}

/** To one after the other of all who do not send. */
export const toOthers =
  (clients: number, senders: number): Load["to"] =>
  (sender, number) => ({ toUserId: `user-${senders + ((sender * 997 + number) % (clients - senders))}` });
