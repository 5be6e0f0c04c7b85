import { isDatabaseAway } from "@/lib/db/database-away";
import { isStatementTimeout } from "@/lib/db/statement-timeout";
import { AppError, type ErrorCode } from "./errors";
import { asInvalidInput, type InvalidInputWording, isInvalidInput } from "./invalid-input";

/** Anything thrown behind a door, as what the caller may be told. What nobody expected becomes `internal`. */
export function asRefusal(thrown: unknown, wording: InvalidInputWording = "sentence"): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isInvalidInput(thrown)) return asInvalidInput(thrown, wording);
  return new AppError(codeOfFault(thrown), { cause: thrown });
}

function codeOfFault(thrown: unknown): ErrorCode {
  if (isStatementTimeout(thrown)) return "timeout";
  return isDatabaseAway(thrown) ? "database_away" : "internal";
}
