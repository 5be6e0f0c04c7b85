/** What can be asked of a text without a schema. Browser-safe. */

/** Whether PostgreSQL stores the text as it was sent: no U+0000, no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

/** What joins letters and chooses between forms of one: of emoji, and of scripts that need it. Seen by what it does. */
const JOINS = "[\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180d]";
/** What nobody sees but may reorder, hide or break the text around it. */
const UNSEEN = new RegExp(
  `(?!${JOINS})\\p{Default_Ignorable_Code_Point}|[\\ufff9-\\ufffb\\u2028\\u2029]|(?![\\n\\r\\t])\\p{Cc}`,
  "u",
);
export const NOTHING_SEEN = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * Whether people see all that is in the text: no characters that turn its direction or that of what stands beside it, none without
 * a width, no control characters but line breaks and tabs. For what operators call things; what app servers and users write is
 * taken as it is.
 */
export const isSeen = (text: string): boolean => !UNSEEN.test(text);

export const UNSEEN_MESSAGE = "Contains an invisible character. Type the text again.";

/** The text with the usual sign in place of half a surrogate pair, and without U+0000. */
export const storable = (text: string): string => text.replaceAll("\0", "").replaceAll(/\p{Surrogate}/gu, "\ufffd");

const encoder = new TextEncoder();

export function longerThanBytes(text: string, max: number): boolean {
  // A UTF-16 unit is one to three bytes of UTF-8, so most texts need no encoding to be judged.
  if (text.length > max) return true;
  return text.length * 3 > max && encoder.encode(text).length > max;
}

export function longerThanCharacters(text: string, max: number): boolean {
  return text.length > max && [...text].length > max;
}
