import { isDatabaseAway, isDatabaseSilent } from "@/lib/db/database-away";
import { isDiskFull } from "@/lib/db/disk-full";
import { isStatementTimeout } from "@/lib/db/statement-timeout";
import { AppError, type ErrorCode } from "./errors";
import { asInvalidInput, type InvalidInputWording, isInvalidInput } from "./invalid-input";

/** Room is made by people. */
export const ROOM_LATER_MS = 30_000;

/** Anything thrown behind a door, as what the caller may be told. What nobody expected becomes `internal`. */
export function asRefusal(thrown: unknown, wording: InvalidInputWording = "sentence"): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isInvalidInput(thrown)) return asInvalidInput(thrown, wording);
  const code = codeOfFault(thrown);
  return new AppError(code, { cause: thrown, ...(code === "no_room" ? { retryAfterMs: ROOM_LATER_MS } : {}) });
}

function codeOfFault(thrown: unknown): ErrorCode {
  if (isDiskFull(thrown)) return "no_room";
  if (isStatementTimeout(thrown)) return "timeout";
  if (isDatabaseSilent(thrown)) return "database_silent";
  return isDatabaseAway(thrown) ? "database_away" : "internal";
}
