import { AppError } from "../errors";
import { freeSeats, heldSeats, type Seats } from "../users/seat-pool";

interface Wanted {
  readonly reserved: number;
  /** Registered users that the run has already. */
  readonly users: number;
}

/**
 * Throws `seats_not_free` unless a run can reserve so many seats. `seats` are locked, and without what the run itself had
 * reserved before.
 */
export function requireFree(seats: Seats, { reserved, users }: Wanted): void {
  const needed = Math.max(0, reserved - users);
  const free = freeSeats(seats);
  if (needed <= free) return;
  const held = heldSeats(seats);
  const byRuns = held === 0 ? "" : `, and test runs have reserved ${held}`;
  const most = free + users === 0 ? "" : ` Reserve ${free + users} at most.`;
  throw new AppError("seats_not_free", {
    field: "reserved",
    message: `${seatsWord(free)} free: ${seats.taken} of ${seats.limit} are taken${byRuns}.${most}`,
  });
}

const seatsWord = (count: number) => (count === 0 ? "No seat is" : count === 1 ? "1 seat is" : `${count} seats are`);
