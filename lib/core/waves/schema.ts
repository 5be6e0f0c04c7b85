/** Registrations that rise far above the usual of their hour. Browser-safe. */

export const WAVE_KINDS = ["prefix", "name", "all"] as const;
/** What the users of a wave have in common: the beginning of their ids, their names but for digits, or nothing. */
export type WaveKind = (typeof WAVE_KINDS)[number];

export interface Wave {
  /** Decimal number as text. */
  readonly id: string;
  readonly kind: WaveKind;
  /** The prefix ("promo-"), the folded words of the name ("promo bot"), or "". */
  readonly key: string;
  /** When the first of its users was registered. */
  readonly since: Date;
  /** When it was last seen to go on. */
  readonly lastAt: Date;
  readonly running: boolean;
  /** Users registered so far. */
  readonly users: number;
  /** Registrations of this kind that the hour usually has. */
  readonly usual: number;
}
