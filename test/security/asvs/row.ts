/** What a row says of one requirement or finding. */
export type Row = {
  /** `6.2.1`, or `S7`. */
  readonly id: string;
  /** A few words of our own; the sentence itself stands in the standard. */
  readonly words: string;
} & (
  | { readonly kind: "met"; readonly shown: readonly Evidence[] }
  | { readonly kind: "none"; readonly because: string }
  | { readonly kind: "accepted"; readonly because: string; readonly shown: readonly Evidence[] }
);

/** A test by its file and name, or a page by its file and heading, where a requirement asks for something written. */
export type Evidence =
  | { readonly file: string; readonly test: string }
  | { readonly file: string; readonly heading: string };

/** The tests of one file: `testsOf("lib/log.test.ts")("a line says when it was written")`. */
export const testsOf =
  (file: string) =>
  (test: string): Evidence => ({ file, test });

/** Part of a document, by its heading. */
export const page = (file: string, heading: string): Evidence => ({ file, heading });

/** It is met, and this shows it. */
export const met = (id: string, words: string, ...shown: readonly Evidence[]): Row => ({
  id,
  words,
  kind: "met",
  shown,
});

/** Does not apply to this product. */
export const none = (id: string, words: string, because: string): Row => ({ id, words, kind: "none", because });

/** Applies and is knowingly not met: why, and what stands in for it. */
export const accepted = (id: string, words: string, because: string, ...shown: readonly Evidence[]): Row => ({
  id,
  words,
  kind: "accepted",
  because,
  shown,
});
