import { z } from "zod";
import { addressText } from "../input/text";
import { COUNT_CAP, PAGE_SIZES } from "./facts";

/** Read from a URL: anything else falls back to the smallest. */
export const PageSizeSchema = z.coerce.number().pipe(z.literal(PAGE_SIZES)).catch(25);

/** An opaque place in a list, as `next` and `previous` gave it. One that cannot be read means the first page. */
export const CursorSchema = addressText(2_000).optional().catch(undefined);

/** One page of a list. `next` and `previous` are cursors; null where there is nothing in that direction. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** A count that stopped at its cap: `{count: 10000, capped: true}` reads "10,000+". */
export interface CappedCount {
  readonly count: number;
  readonly capped: boolean;
}

/** What was counted no further than `cap + 1`. */
export function cappedCount(count: number, cap: number = COUNT_CAP): CappedCount {
  return { count: Math.min(count, cap), capped: count > cap };
}
