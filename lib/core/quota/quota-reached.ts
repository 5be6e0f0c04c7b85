import { AppError } from "../errors";

/** The refusal of a user for whom no seat is free. `limit`: of the environment. */
export function quotaReached(limit: number | null): AppError {
  if (limit === null) return new AppError("user_quota_reached");
  return new AppError("user_quota_reached", {
    message: `The Development environment has reached its limit of ${limit} registered users. Delete test users in the console to free seats.`,
  });
}
