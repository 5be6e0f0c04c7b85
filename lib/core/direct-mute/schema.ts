import { z } from "zod";
import { mustBe } from "../input/text";
import { MAX_USER_IDS, userIdList } from "../users/schema";

export const MUTE_PAGE_MAX = 200;

/** Contract section 15. Browser-safe. */
export const SetDirectMuteSchema = z.object({ userIds: userIdList(MAX_USER_IDS), muted: z.boolean() });
export type SetDirectMuteInput = z.input<typeof SetDirectMuteSchema>;

const pageSize = `Must be between 1 and ${MUTE_PAGE_MAX}.`;
const offset = "Must be a whole number from 0.";

export const ListMutedSchema = z.object({
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(MUTE_PAGE_MAX, pageSize).default(100),
  offset: z
    .int({ error: mustBe("a whole number from 0") })
    .min(0, offset)
    .max(100_000_000, "Must be at most 100000000.")
    .default(0),
});
export type ListMutedInput = z.input<typeof ListMutedSchema>;
