import type { Link } from "./link";
import type { WireMessage } from "./messages";
import { CODES } from "./result";

/** Where the place in the inbox is kept between runs; a browser's `localStorage` fits. */
export interface CursorStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

interface Page {
  readonly messages: readonly WireMessage[];
  readonly cursor: number;
  readonly more: boolean;
}

const PAGE = 200;
const RETRY_MS = 1_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Follows the connected user's inbox: reads what came while away, then passes on what comes, in order and each message
 * once, however often the connection is lost meanwhile.
 */
export class Inbox {
  #cursor = 0;
  /** What has come while earlier messages are still being read. */
  #held: WireMessage[] | null = null;
  #round = 0;
  #key: string | undefined;
  /** Numbers of messages that this device has sent and that are still to come by. */
  readonly #own = new Set<number>();

  constructor(
    private readonly link: Pick<Link, "call">,
    private readonly appKey: string,
    private readonly storage: CursorStorage | undefined,
    private readonly deliver: (message: WireMessage) => void,
  ) {}

  /** To be called whenever the user is connected, for the first time or again. */
  async connected(userId: string): Promise<void> {
    this.#open(`im-user-service/${this.appKey}/${userId}`);
    this.#round += 1;
    const round = this.#round;
    this.#held = [];
    for (let more = true; more; ) {
      const answer = await this.link.call("message/fetch", { cursor: this.#cursor, limit: PAGE });
      // Lost: the next connection begins anew from where this one has come to.
      if (round !== this.#round || answer.code === CODES.connectionLost || answer.code === CODES.notConnected) return;
      if (!answer.isOk) {
        // The server cannot say just now. What came meanwhile waits, or it would hide what came before it.
        await pause(RETRY_MS);
        if (round !== this.#round) return;
        continue;
      }
      const page = answer.data as Page;
      for (const message of page.messages) this.#pass(message);
      this.#advance(page.cursor);
      more = page.more;
    }
    const held = this.#held;
    this.#held = null;
    for (const message of held) this.#pass(message);
  }

  received(message: WireMessage): void {
    if (this.#held === null) this.#pass(message);
    else this.#held.push(message);
  }

  /** This device has sent it: it needs not be told of it again. */
  sentHere(sequence: number): void {
    if (sequence > this.#cursor) this.#own.add(sequence);
  }

  #open(key: string): void {
    if (this.#key === key) return;
    this.#key = key;
    // Of another user: what that one has sent, this one may be sent.
    this.#own.clear();
    const stored = Number(orNothing(() => this.storage?.getItem(key)) ?? 0);
    this.#cursor = Number.isSafeInteger(stored) && stored >= 0 ? stored : 0;
  }

  #pass(message: WireMessage): void {
    if (message.sequence <= this.#cursor) return;
    this.#advance(message.sequence);
    if (!this.#own.delete(message.sequence)) this.deliver(message);
  }

  #advance(cursor: number): void {
    if (cursor <= this.#cursor || this.#key === undefined) return;
    this.#cursor = cursor;
    const key = this.#key;
    orNothing(() => this.storage?.setItem(key, String(cursor)));
  }
}

/**
 * Storage may refuse, being full or blocked by the browser. Then messages come all the same: the place in the inbox is
 * kept here, for as long as this page lives.
 */
function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
