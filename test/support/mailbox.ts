import type { ClientSocket } from "./client-socket";

/**
 * Messages to one user, sent as docs/client-api.md tells clients to: one after another, each again with the same
 * `clientMessageId` until it is acknowledged.
 */
export class Outbox {
  readonly #waiting: string[] = [];
  readonly #acknowledged = new Map<string, string>();

  constructor(private readonly toUserId: string) {}

  /** `content` must differ from message to message. */
  put(content: string): void {
    this.#waiting.push(content);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Contents and ids of what was acknowledged, in the order of sending. */
  get acknowledged(): ReadonlyMap<string, string> {
    return this.#acknowledged;
  }

  /** Sends what comes next; gives the answer's code, 0 for success. Rejects when the connection ends first. */
  async send(by: ClientSocket): Promise<number> {
    const [content] = this.#waiting;
    if (content === undefined) return 0;
    const message = { toUserId: this.toUserId, messageType: "app:note", content, clientMessageId: content };
    const { result, error } = await by.call("message/send", message);
    if (error !== undefined) return error.code;
    this.#acknowledged.set(content, String(result?.messageId));
    this.#waiting.shift();
    return 0;
  }
}

interface Received {
  readonly sequence: number;
  readonly messageId: string;
  readonly content: string;
}

/** What a user's client has of its inbox: it keeps its place over connections and drops numbers that it has seen. */
export class Inbox {
  readonly #bySequence = new Map<number, Received>();

  /** Contents and ids in the order of their numbers; a message under two numbers would be there twice. */
  get messages(): ReadonlyArray<readonly [content: string, messageId: string]> {
    const received = [...this.#bySequence.values()].sort((one, other) => one.sequence - other.sequence);
    return received.map(({ content, messageId }) => [content, messageId]);
  }

  /** Takes what a connection was told so far. */
  take(from: ClientSocket): void {
    for (const { method, params } of from.told) {
      if (method === "event/message") this.#add(params as unknown as Received);
    }
  }

  /** What a client does once it is connected again: fetches from its place on. */
  async fetch(by: ClientSocket): Promise<void> {
    let cursor = Math.max(0, ...this.#bySequence.keys());
    for (let more = true; more; ) {
      const { result, error } = await by.call("message/fetch", { cursor, limit: 500 });
      if (error !== undefined) throw new Error(`message/fetch: ${error.code} ${error.message}`);
      const page = result as { messages: Received[]; cursor: number; more: boolean };
      for (const message of page.messages) this.#add(message);
      ({ cursor, more } = page);
    }
  }

  #add(message: Received): void {
    this.#bySequence.set(message.sequence, message);
  }
}
