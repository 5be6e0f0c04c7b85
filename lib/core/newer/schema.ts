import { z } from "zod";
import { limitedText } from "../input/text";

/** Lists that say, while they stand open, how many rows have come since they were read. Browser-safe. */
export const NEWER_LISTS = ["users", "bans", "deleted-users", "audit-log", "deliveries"] as const;
export type NewerList = (typeof NEWER_LISTS)[number];

/** Where the newest row was: a moment in Unix milliseconds, or the number of a row. Opaque to the browser. */
const MarkSchema = limitedText({ bytes: 19 }, { empty: false }).regex(/^\d{1,18}$/);

export const NewerSchema = z.object({ list: z.enum(NEWER_LISTS), after: MarkSchema });

/** Beyond so many they are "99+". */
export const NEWER_CAP = 100;
