/** A test run that lives, as registrations see it. */
export interface LiveRun {
  readonly id: string;
  readonly userIdPrefix: string | null;
  readonly reserved: number;
  /** Registered users that belong to it, counted no further than what is reserved. */
  readonly users: number;
}

/** The seats of a development environment. */
export interface Seats {
  /** Users that hold one. */
  readonly taken: number;
  readonly limit: number;
  readonly runs: readonly LiveRun[];
}

/** Seats that are free and kept for one run. */
const heldBy = ({ reserved, users }: LiveRun): number => Math.max(0, reserved - users);

/** Seats that are free and kept for runs. */
export const heldSeats = ({ runs }: Pick<Seats, "runs">): number => runs.reduce((sum, run) => sum + heldBy(run), 0);

/** Seats that are free for everybody. */
export const freeSeats = (seats: Seats): number => Math.max(0, seats.limit - seats.taken - heldSeats(seats));

/** Seats that are free for users of this run, its own among them; null: of none. */
export const freeSeatsIn = (seats: Seats, runId: string | null): number => {
  const own = seats.runs.find(({ id }) => id === runId);
  return freeSeats(seats) + (own === undefined ? 0 : heldBy(own));
};

/** Gives away seats that are locked (`lockSeats`) one by one: a run takes those reserved for it first. */
export class SeatPool {
  private taken: number;
  private readonly held: Map<string, number>;
  private heldTogether: number;

  constructor(private readonly seats: Seats) {
    this.taken = seats.taken;
    this.held = new Map(seats.runs.map((run) => [run.id, heldBy(run)]));
    this.heldTogether = heldSeats(seats);
  }

  /** Takes a seat for a user of a run, or of none. False: there is none for them. */
  take(runId: string | null): boolean {
    if (this.taken >= this.seats.limit) return false;
    const own = runId === null ? 0 : (this.held.get(runId) ?? 0);
    if (runId !== null && own > 0) {
      this.held.set(runId, own - 1);
      this.heldTogether -= 1;
    } else if (this.seats.limit - this.taken - this.heldTogether <= 0) {
      return false;
    }
    this.taken += 1;
    return true;
  }
}

/**
 * The live run that a new user joins: the one that the registration has named, else the one with the longest prefix that the
 * id begins with; null: none. A name that no live run has joins none.
 */
export function runOf(runs: readonly LiveRun[], userId: string, named: string | undefined): string | null {
  if (named !== undefined) return runs.some(({ id }) => id === named) ? named : null;
  let best: { readonly id: string; readonly length: number } | null = null;
  for (const { id, userIdPrefix } of runs) {
    if (userIdPrefix === null || !userId.startsWith(userIdPrefix)) continue;
    if (best === null || userIdPrefix.length > best.length) best = { id, length: userIdPrefix.length };
  }
  return best?.id ?? null;
}
