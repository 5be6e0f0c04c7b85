import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { AppError } from "../errors";
import { findSeatsOfRuns } from "../test-runs/run-seats-store";
import type { Seats } from "../users/seat-pool";
import { seatsOfRunsText } from "./run-seats-text";

/** The refusal of a user for whom no seat is free; names the test runs that hold seats. `now` is Unix milliseconds. */
export async function quotaReached(
  run: Run,
  environmentId: EnvironmentId,
  { taken, limit, runs }: Seats,
  now: number,
): Promise<AppError> {
  const held = runs.length === 0 ? "" : seatsOfRunsText(await findSeatsOfRuns(run, environmentId, now), now);
  const full =
    taken >= limit
      ? `The Development environment has reached its limit of ${limit} registered users.`
      : `The Development environment has no free seat: ${taken} of ${limit} are taken, and test runs have reserved the rest.`;
  const next =
    taken >= limit
      ? "Delete test users in the console to free seats."
      : "Start a test run with seats of its own, or end one in the console.";
  return new AppError("user_quota_reached", { message: [full, held, next].filter((part) => part !== "").join(" ") });
}
