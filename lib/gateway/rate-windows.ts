/** Counts in fixed windows, in memory: what one process sees of an address or a user. */
export class RateWindows {
  readonly #counts = new Map<string, number>();
  #start = 0;

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly clock: () => number,
  ) {}

  /** Counts one for `key`; false when the window holds as many already. A limit of 0 admits everything. */
  admit(key: string): boolean {
    if (this.limit === 0) return true;
    const start = Math.floor(this.clock() / this.windowMs);
    if (start !== this.#start) {
      this.#start = start;
      this.#counts.clear();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= this.limit;
  }
}
