import { AppError } from "../errors";

/** Far deeper than anything that is asked for nests. */
const MAX_DEPTH = 16;

const PLAIN_TYPES: ReadonlySet<string> = new Set(["string", "number", "boolean", "undefined"]);

/**
 * Whether a value is plain: what JSON can carry, nested no deeper than 16 levels, and further `undefined` and Dates, which
 * server actions carry. Every door asks before anything else looks at what a caller sent.
 */
export function isPlain(value: unknown, levels = MAX_DEPTH): boolean {
  if (typeof value !== "object") return PLAIN_TYPES.has(typeof value);
  if (value === null || value instanceof Date) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, levels - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((part) => isPlain(part, levels - 1));
}

/** The input as it came; only the use case parses it. Throws `invalid_parameter` for what is not plain. */
export function requirePlain<Input>(input: Input): Input {
  if (isPlain(input)) return input;
  throw new AppError("invalid_parameter", { message: "This is no plain data, or nests too deeply." });
}
