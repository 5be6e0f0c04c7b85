import { z } from "zod";
import { isMoment } from "./time-range";

/** A day "2026-05-03", meaning that whole day in UTC, or a time with its zone "2026-05-03T12:00:00Z". */
export const MomentTextSchema = z.string().refine(isMoment, {
  message: "Must be a day like 2026-05-03 or a time like 2026-05-03T12:00:00Z.",
});

/** One end of a range read from a URL: anything unreadable means no bound. */
export const RangeEndSchema = MomentTextSchema.optional().catch(undefined);
