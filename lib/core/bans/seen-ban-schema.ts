import { z } from "zod";
import { listOf } from "../input/list";
import { limitedText, mustBe } from "../input/text";
import { MAX_USER_IDS, UserIdSchema } from "../users/schema";

/** The number of a ban, as text. */
export const BanIdSchema = limitedText({ bytes: 19 }, { empty: false }).refine((id) => /^\d{1,18}$/.test(id), {
  error: "Must be the number of a ban.",
});

/** What a page showed of a user's ban, for an act that must not meet another one. */
const SeenBanSchema = z.object({
  userId: UserIdSchema,
  /** End of the ban that ran; null: none did. */
  bannedUntil: z.date().nullable(),
  /** Which ban, where the page showed it. */
  banId: BanIdSchema.optional(),
});
export type SeenBan = z.output<typeof SeenBanSchema>;

const size = `Must have at most ${MAX_USER_IDS} entries.`;
/** Of users that are missing here nothing was shown. */
export const SeenBansSchema = listOf(SeenBanSchema, { max: MAX_USER_IDS, wrong: mustBe("a list"), size });

/** What an act has made of one user's ban. Undo carries it back. */
export const BanStepSchema = z.object({
  userId: UserIdSchema,
  /** The ban that ran before; null: none did. */
  formerBanId: BanIdSchema.nullable(),
  /** The ban that ran afterwards; null: none did. */
  banId: BanIdSchema.nullable(),
  at: z.date(),
});
export type BanStep = z.output<typeof BanStepSchema>;

export const UndoBansSchema = z.object({
  steps: listOf(BanStepSchema, { min: 1, max: MAX_USER_IDS, wrong: mustBe("a list"), size }),
});
export type UndoBansInput = z.input<typeof UndoBansSchema>;
