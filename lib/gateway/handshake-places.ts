import { CONNECT_WITHIN_MS } from "./protocol";

/** Sockets of one process that have not connected yet. */
const MOST = 4_000;
/** Of one address: what it may open in so many seconds (CONNECTS_PER_ADDRESS), and no fewer than these. */
const SECONDS_OF_ADDRESS = 4;
const LEAST_OF_ADDRESS = 20;
/** How long one may say nothing while half of the places are taken. */
const PRESSED_WITHIN_MS = 2_000;
/** A socket that has said nothing for as long gives its place to another when all are taken. */
const GIVES_WAY_AFTER_MS = 1_000;

interface Waiting {
  /** Whether its client has said nothing yet. */
  readonly isSilent: boolean;
  waitedMs(now: number): number;
  /** It had its time. */
  dismiss(): void;
}

/**
 * The sockets that have not connected yet. Whoever opens many and says nothing keeps nobody out: an address has its share, the
 * silent have less time the more there are, and the one that has been silent longest gives way when all places are taken.
 */
export class HandshakePlaces {
  readonly #blocks = new Map<Waiting, string>();
  readonly #counts = new Map<string, number>();
  readonly #mostOfBlock: number;

  /** `connectsPerAddress`: a second; 0: any number. `most` differs in tests. */
  constructor(
    connectsPerAddress: number,
    private readonly clock: () => number,
    private readonly most = MOST,
  ) {
    this.#mostOfBlock =
      connectsPerAddress === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(LEAST_OF_ADDRESS, connectsPerAddress * SECONDS_OF_ADDRESS);
  }

  get size(): number {
    return this.#blocks.size;
  }

  /** Whether there is a place for another one; makes room for it where it must. */
  hasRoom(): boolean {
    return this.size < this.most || this.#makeRoom();
  }

  /** Whether as many of the block wait as may. */
  isShareTaken(block: string): boolean {
    return (this.#counts.get(block) ?? 0) >= this.#mostOfBlock;
  }

  take(handshake: Waiting, block: string): void {
    this.#blocks.set(handshake, block);
    this.#counts.set(block, (this.#counts.get(block) ?? 0) + 1);
  }

  leave(handshake: Waiting): void {
    const block = this.#blocks.get(handshake);
    if (block === undefined) return;
    this.#blocks.delete(handshake);
    const left = (this.#counts.get(block) ?? 0) - 1;
    if (left > 0) this.#counts.set(block, left);
    else this.#counts.delete(block);
  }

  /** Ends those whose time is up. */
  sweep(now: number): void {
    const silentMs = this.size >= this.most / 2 ? PRESSED_WITHIN_MS : CONNECT_WITHIN_MS;
    for (const handshake of this.#blocks.keys()) {
      if (handshake.waitedMs(now) >= (handshake.isSilent ? silentMs : CONNECT_WITHIN_MS)) handshake.dismiss();
    }
  }

  #makeRoom(): boolean {
    const now = this.clock();
    // In the order in which they came.
    for (const handshake of this.#blocks.keys()) {
      if (handshake.waitedMs(now) < GIVES_WAY_AFTER_MS) return false;
      if (!handshake.isSilent) continue;
      handshake.dismiss();
      return true;
    }
    return false;
  }
}
