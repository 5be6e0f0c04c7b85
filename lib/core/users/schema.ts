import { z } from "zod";
import { listOf } from "../input/list";
import { limitedText, mustBe } from "../input/text";
import { USER_ID_MAX_BYTES } from "./facts";

export const USER_NAME_MAX_CHARACTERS = 64;
export const AVATAR_URL_MAX_BYTES = 1024;

/** Any user id that may exist. The characters are checked on registration only (contract section 4). */
export const UserIdSchema = limitedText({ bytes: USER_ID_MAX_BYTES }, { empty: false });

export const NewUserIdSchema = UserIdSchema.refine((id) => /^[A-Za-z0-9_\-+=|@.]*$/.test(id), {
  error: "Must consist of letters, digits and _ - + = | @ . only.",
});

export const UserNameSchema = limitedText({ characters: USER_NAME_MAX_CHARACTERS }, { empty: false });
export const AvatarUrlSchema = limitedText({ bytes: AVATAR_URL_MAX_BYTES }, { empty: true });

/** Contract section 5.1. */
export const RegisterUserSchema = z.object({
  userId: NewUserIdSchema,
  name: UserNameSchema,
  avatarUrl: AvatarUrlSchema.optional(),
});
export type RegisterUserInput = z.input<typeof RegisterUserSchema>;

/** Contract section 6.1. */
export const GetUserSchema = z.object({ userId: UserIdSchema });
export type GetUserInput = z.input<typeof GetUserSchema>;

/** Contract section 6.2: what is omitted stays as it is. */
export const UpdateUserSchema = z.object({
  userId: UserIdSchema,
  name: UserNameSchema.optional(),
  avatarUrl: AvatarUrlSchema.optional(),
  /** What a page showed, for a change that must not meet another one. */
  seen: z.object({ name: z.string(), avatarUrl: z.string() }).optional(),
});
export type UpdateUserInput = z.input<typeof UpdateUserSchema>;

/** Most ids that one call of a core use case takes. */
export const MAX_USER_IDS = 1000;

/** A list of ids; repeated ones collapse to their first position (contract section 4). */
export function userIdList(max: number) {
  const size = `Must have from 1 to ${max} entries.`;
  return listOf(UserIdSchema, { min: 1, max, wrong: mustBe("a list of user ids"), size }).transform((ids) => [
    ...new Set(ids),
  ]);
}
