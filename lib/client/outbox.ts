import type { Link } from "./link";
import { CODES, failed, type Result } from "./result";

/** What the server says of a message once it is durable. */
export interface Sent {
  readonly messageId: string;
  readonly sequence: number;
  readonly sentTime: number;
}

interface Pending {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly timer: ReturnType<typeof setTimeout>;
  settle(result: Result<Sent>): void;
}

/** How long a message may wait for its acknowledgement, over any number of connections. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

/** 128 random bits; unlike `randomUUID` also in pages that were not loaded over TLS. */
function newClientMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Messages that the server has not acknowledged yet. When the connection is lost they are sent again over the next one,
 * in their order; the id that each carries lets the server recognise those that it has already.
 */
export class Outbox {
  readonly #pending = new Set<Pending>();

  constructor(private readonly link: Pick<Link, "call" | "wanted">) {}

  /** Resolves when the message is durable at the server, or is refused, or has waited too long. */
  send(method: string, params: Readonly<Record<string, unknown>>): Promise<Result<Sent>> {
    if (!this.link.wanted) return Promise.resolve(failed(CODES.notConnected, "Not connected."));
    return new Promise((resolve) => {
      const pending: Pending = {
        method,
        params: { ...params, clientMessageId: newClientMessageId() },
        timer: setTimeout(
          () => pending.settle(failed(CODES.noAnswer, "The message was not acknowledged in time.")),
          ACKNOWLEDGED_WITHIN_MS,
        ),
        settle: (result) => {
          clearTimeout(pending.timer);
          this.#pending.delete(pending);
          resolve(result);
        },
      };
      this.#pending.add(pending);
      void this.#transmit(pending);
    });
  }

  /** Connected again: what was not acknowledged goes out once more. */
  connected(): void {
    for (const pending of this.#pending) void this.#transmit(pending);
  }

  /** There will be no other connection. */
  gaveUp(code: number): void {
    for (const pending of [...this.#pending]) pending.settle(failed(code, "Disconnected."));
  }

  async #transmit(pending: Pending): Promise<void> {
    const answer = await this.link.call(pending.method, pending.params);
    // Without a connection, or without an answer, it stays: the next connection sends it.
    if (!answer.isOk && (answer.code === CODES.connectionLost || answer.code === CODES.noAnswer)) return;
    pending.settle(answer as Result<Sent>);
  }
}
