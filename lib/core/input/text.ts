import { z } from "zod";
import {
  isSeen,
  isStorable,
  longerThanBytes,
  longerThanCharacters,
  NOTHING_SEEN,
  storable,
  UNSEEN_MESSAGE,
} from "./text-rules";

/**
 * What every door asks of a text, in one place for each shape: a parameter, a form's field, a part of an address, what is
 * searched for. Browser-safe.
 *
 * Lengths are checked by hand: Zod's own checks of a length look at whatever has one, text or not, and stumble over a
 * `length` that a caller made up.
 */

/** The message for a value that is missing or of the wrong kind. */
export const mustBe = (what: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? "Must be given." : `Must be ${what}.`;

interface LengthRule {
  readonly isShort: (text: string) => boolean;
  readonly isLong: (text: string) => boolean;
  readonly max: number;
  readonly short: string;
  readonly long: string;
  readonly unstorable: string;
  readonly seenAlone?: boolean;
}

const checkLength =
  ({ isShort, isLong, max, short, long, unstorable, seenAlone = false }: LengthRule) =>
  ({ value: input, issues }: z.core.ParsePayload<string>): void => {
    if (isLong(input)) {
      issues.push({ code: "too_big", origin: "string", maximum: max, inclusive: true, input, message: long });
    } else if (isShort(input)) {
      issues.push({ code: "too_small", origin: "string", minimum: 1, inclusive: true, input, message: short });
    } else if (!isStorable(input)) {
      issues.push({ code: "custom", input, message: unstorable });
    } else if (seenAlone && !isSeen(input)) {
      issues.push({ code: "custom", input, message: UNSEEN_MESSAGE });
    }
  };

/** A parameter of text with a limit. Its messages complete the sentence "<field> must …". */
export function limitedText(limit: { bytes: number } | { characters: number }, options: { empty: boolean }) {
  const [max, unit, longer] =
    "bytes" in limit
      ? ([limit.bytes, "bytes", longerThanBytes] as const)
      : ([limit.characters, "characters", longerThanCharacters] as const);
  const check = checkLength({
    isShort: (text) => text === "" && !options.empty,
    isLong: (text) => longer(text, max),
    max,
    short: "Must not be empty.",
    long: `Must have at most ${max} ${unit}.`,
    unstorable: "Must not contain U+0000 or half a surrogate pair.",
  });
  // What the API's description can say of it; a limit in bytes is a limit in characters as well.
  const described = { ...(options.empty ? {} : { minLength: 1 }), maxLength: max };
  return z
    .string({ error: mustBe("text") })
    .check(check)
    .meta(described);
}

/** What an operator writes beside something, perhaps nothing; `characters` at most, all of which people see. */
export const seenText = (characters: number) =>
  limitedText({ characters }, { empty: true }).refine(isSeen, "Must not contain invisible characters.");

interface FormText {
  /** Most UTF-16 units. */
  readonly max: number;
  /** Least UTF-16 units; default 0. */
  readonly min?: number;
  /** For what is no text. */
  readonly missing: string;
  /** Default: as `missing`. */
  readonly short?: string;
  /** Default: "At most <max> characters." */
  readonly long?: string;
  /** Whether it counts as it is typed, with blanks around it and what nobody sees, as in a password; default false. */
  readonly blanks?: boolean;
}

/** A field of a form. Its messages stand beside the field. */
export function formText({ max, min = 0, missing, short = missing, long, blanks = false }: FormText) {
  const check = checkLength({
    isShort: (text) => text.length < min || (min > 0 && !blanks && NOTHING_SEEN.test(text)),
    isLong: (text) => text.length > max,
    max,
    short,
    long: long ?? `At most ${max} characters.`,
    unstorable: "Contains a character that cannot be stored.",
    seenAlone: !blanks,
  });
  const text = z.string(missing);
  return (blanks ? text : text.trim()).check(check);
}

/** An id in an address, in whatever spelling: one that nothing can have is refused, and so not found. */
export const addressText = (max: number) => limitedText({ characters: max }, { empty: false });

/** What is searched for: blanks around it and U+0000 say nothing, and neither does what is beyond `max`. */
export const searchText = (max: number) =>
  z.string().transform((text) => storable(storable(text).trim().slice(0, max)));
