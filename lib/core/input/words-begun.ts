/**
 * Texts found by the beginnings of their words, for the few things that are searched without an index: commands, settings,
 * operators. Browser-safe. Case, width and marks do not count, so that `maria` begins "María".
 */

/** Without case, width and marks. */
export function foldedText(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

/** The folded words of a text: runs of letters and digits. */
export const foldedWords = (text: string): string[] => foldedText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether each of the typed words begins one of the others. */
export const eachBegins = (typed: readonly string[], words: readonly string[]): boolean =>
  typed.every((part) => words.some((word) => word.startsWith(part)));
