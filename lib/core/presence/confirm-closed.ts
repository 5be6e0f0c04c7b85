/** What became of connections that had to close. */
export interface ClosedConnections {
  /** How many there were when the order was given. */
  readonly found: number;
  /** How many of them are gone, by their rows. */
  readonly closed: number;
}

/** How long an operator waits at most to be told. A process that holds the rest is dead or cut off. */
const WAIT_MS = 2_000;
const FIRST_LOOK_MS = 10;
const SLOWEST_LOOK_MS = 200;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Looks at connections that are being closed until none is open, for up to two seconds, of which the looking itself is a
 * part; gives how many are left.
 */
export async function waitUntilClosed(countOpen: () => Promise<number>): Promise<number> {
  const until = performance.now() + WAIT_MS;
  let look = FIRST_LOOK_MS;
  for (;;) {
    await pause(look);
    const open = await countOpen();
    look = Math.min(look * 2, SLOWEST_LOOK_MS);
    if (open === 0 || performance.now() + look > until) return open;
  }
}
