import { ZodError } from "zod";
import { AppError } from "./errors";

/** Of a key in a sentence: callers make up keys of metadata and attributes, as long as a request may be. */
const SHOWN_CHARACTERS = 64;

/** `userIds[2]` for the path ["userIds", 2]; "" for the input as a whole. */
function fieldName(path: ReadonlyArray<PropertyKey>): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    const key = String(part).slice(0, SHOWN_CHARACTERS);
    return name === "" ? key : `${name}.${key}`;
  }, "");
}

/** "sentence" names the field in the message; "at-field" leaves it out, for a form that shows the message beside it. */
export type InvalidInputWording = "sentence" | "at-field";

/**
 * What a door answers to input that a schema refused: `parameter_too_long` for over-long text, else
 * `invalid_parameter`, the first wrong field named in both `field` and the sentence ("durationMinutes must be between
 * 1 and 43200."). Schemas word their messages as sentences that start with "Must".
 */
export function asInvalidInput(error: ZodError, wording: InvalidInputWording = "sentence"): AppError {
  const issue = error.issues[0];
  if (issue === undefined) return new AppError("invalid_parameter", { cause: error });
  const field = fieldName(issue.path);
  const tooLong = issue.code === "too_big" && issue.origin === "string";
  const sentence = field === "" || wording === "at-field" ? issue.message : inSentence(field, issue.message);
  return new AppError(tooLong ? "parameter_too_long" : "invalid_parameter", { message: sentence, field, cause: error });
}

/** "userIds must have …" for "Must have …", and "userIds: …" for any other message. */
export const inSentence = (field: string, message: string) =>
  message.startsWith("Must ") ? `${field} must ${message.slice("Must ".length)}` : `${field}: ${message}`;

export function isInvalidInput(thrown: unknown): thrown is ZodError {
  return thrown instanceof ZodError;
}
