/** What is counted: one endpoint of one environment (that is, of one App Key). */
export interface RateKey {
  readonly environmentId: number;
  readonly endpoint: string;
  /** Length of its windows, milliseconds. */
  readonly windowMs: number;
}

/** Counts in fixed windows of the clock, in all processes together. */
export interface RateLimiter {
  /**
   * Counts `cost` (1 when not given) against the current window and says whether it still fits into `limit`. A cost of more
   * than 1 that does not fit takes no place: smaller calls of the same window still get in.
   */
  admit(key: RateKey, limit: number, cost?: number): Promise<boolean>;
}

/** Admits everything: for benchmarks. */
export const noRateLimit: RateLimiter = { admit: async () => true };
