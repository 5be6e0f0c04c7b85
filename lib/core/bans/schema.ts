import { z } from "zod";
import { mustBe, seenText } from "../input/text";
import { MAX_USER_IDS, userIdList } from "../users/schema";
import { SeenBansSchema } from "./seen-ban-schema";

/** Thirty days; there is no permanent ban (contract section 7.1). */
export const BAN_MAX_MINUTES = 43_200;
export const BAN_REASON_MAX_CHARACTERS = 250;
export const BAN_PAGE_MAX = 1000;

const duration = `Must be between 1 and ${BAN_MAX_MINUTES}.`;

export const DurationMinutesSchema = z
  .int({ error: mustBe(`between 1 and ${BAN_MAX_MINUTES}`) })
  .min(1, duration)
  .max(BAN_MAX_MINUTES, duration);

export const BanReasonSchema = seenText(BAN_REASON_MAX_CHARACTERS);

export const BanUsersSchema = z
  .object({
    userIds: userIdList(MAX_USER_IDS),
    /** From now. */
    durationMinutes: DurationMinutesSchema.optional(),
    /** The end instead, to the millisecond: then `durationMinutes` counts for nothing. */
    until: z.date().optional(),
    reason: BanReasonSchema.default(""),
    seen: SeenBansSchema.default([]),
  })
  .refine(({ durationMinutes, until }) => durationMinutes !== undefined || until !== undefined, {
    error: "Must be given, unless `until` is.",
    path: ["durationMinutes"],
  });
export type BanUsersInput = z.input<typeof BanUsersSchema>;

export const UnbanUsersSchema = z.object({ userIds: userIdList(MAX_USER_IDS), seen: SeenBansSchema.default([]) });
export type UnbanUsersInput = z.input<typeof UnbanUsersSchema>;

const page = "Must be a whole number from 1.";
const pageSize = `Must be between 1 and ${BAN_PAGE_MAX}.`;

/** Contract section 7.3: without `page` the first 1000 entries. */
export const ListBannedUsersSchema = z.object({
  page: z.int({ error: page }).min(1, page).max(1_000_000, "Must be between 1 and 1000000.").optional(),
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(BAN_PAGE_MAX, pageSize).default(50),
});
export type ListBannedUsersInput = z.input<typeof ListBannedUsersSchema>;
