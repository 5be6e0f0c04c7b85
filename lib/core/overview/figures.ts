import type { CappedCount } from "../paging/page-size";

/** What is counted of each day. Browser-safe. */
export const FIGURES = ["registered", "active", "peakConnections"] as const;
/** New users; users who were seen; the most connections at one moment. */
export type Figure = (typeof FIGURES)[number];

export interface DailyFigures extends Record<Figure, CappedCount | null> {
  /** A day in UTC, "2026-05-03". */
  readonly day: string;
}
