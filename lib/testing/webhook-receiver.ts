import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

const WAIT_MS = 15_000;

/** A webhook as it was received. */
export interface ReceivedWebhook {
  readonly type: string;
  readonly id: string;
  readonly time: number;
  readonly data: ReadonlyArray<Record<string, unknown>>;
  /** Whether the signature in the query was made with the App Secret. */
  readonly genuine: boolean;
  /**
   * Whether `webhook-signature` was made with the webhook secret over this id, this time and this body, less than five minutes ago;
   * null: the receiver was not given the secret.
   */
  readonly signed: boolean | null;
  /** Of the address that it was sent to. */
  readonly query: URLSearchParams;
}

/** Receives webhooks as an app's server does: checks the signature, keeps the event, answers. */
export interface WebhookReceiver {
  /** To be entered in the console under Webhooks. The installation must run with WEBHOOK_ALLOW_PRIVATE=on to reach it. */
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  /** The status to answer with from now on; at first 200. */
  answer: number;
  /** The first one received, or yet to come, that `matches`. Throws after fifteen seconds. */
  event(matches: (webhook: ReceivedWebhook) => boolean): Promise<ReceivedWebhook>;
  close(): Promise<void>;
}

const FRESH_SECONDS = 300;

/** As Standard Webhooks say. */
function isSigned(headers: IncomingHttpHeaders, body: Buffer, webhookSecret: string): boolean {
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signatures } = headers;
  if (Math.abs(Date.now() / 1000 - Number(time)) >= FRESH_SECONDS) return false;
  const key = Buffer.from(webhookSecret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${time}.`).update(body).digest("base64");
  return String(signatures).split(" ").includes(`v1,${expected}`);
}

/** Starts a receiver on this machine. `webhookSecret` stands in the console under Webhooks. */
export async function startWebhookReceiver(appSecret: string, webhookSecret?: string): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const expected = createHash("sha1")
      .update(`${appSecret}${query.get("nonce")}${query.get("signTimestamp")}`)
      .digest("hex");
    response.writeHead(receiver.answer).end();
    received.push({
      ...(JSON.parse(body.toString()) as ReceivedWebhook),
      genuine: query.get("signature") === expected,
      signed: webhookSecret === undefined ? null : isSigned(request.headers, body, webhookSecret),
      query,
    });
    for (const look of waiting) look();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answer: 200,
    event: (matches) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = received.find(matches);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`No such webhook came in ${WAIT_MS / 1000} s; ${received.length} others did.`));
        }, WAIT_MS);
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}
