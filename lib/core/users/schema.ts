import { z } from "zod";

export const USER_ID_MAX_BYTES = 64;
export const USER_NAME_MAX_CHARACTERS = 64;
export const AVATAR_URL_MAX_BYTES = 1024;

const encoder = new TextEncoder();

function longerThanBytes(text: string, max: number): boolean {
  // A UTF-16 unit is one to three bytes of UTF-8, so most texts need no encoding to be judged.
  if (text.length > max) return true;
  return text.length * 3 > max && encoder.encode(text).length > max;
}

function longerThanCharacters(text: string, max: number): boolean {
  return text.length > max && [...text].length > max;
}

/** The message for a value that is missing or of the wrong kind. */
export const mustBe = (what: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? "Must be given." : `Must be ${what}.`;

/** Text that PostgreSQL stores as it was sent: no U+0000, no half of a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;

/** Text with a limit. Its messages complete the sentence "<field> must …". */
export function limitedText(limit: { bytes: number } | { characters: number }, options: { empty: boolean }) {
  const [max, unit, tooLong] =
    "bytes" in limit
      ? ([limit.bytes, "bytes", longerThanBytes] as const)
      : ([limit.characters, "characters", longerThanCharacters] as const);
  const checked = z.string({ error: mustBe("text") }).check((ctx) => {
    const text = ctx.value;
    if (tooLong(text, max)) {
      ctx.issues.push({
        code: "too_big",
        origin: "string",
        maximum: max,
        inclusive: true,
        input: text,
        message: `Must have at most ${max} ${unit}.`,
      });
    } else if (text === "" && !options.empty) {
      ctx.issues.push({
        code: "too_small",
        origin: "string",
        minimum: 1,
        inclusive: true,
        input: text,
        message: "Must not be empty.",
      });
    } else if (unstorable.test(text)) {
      ctx.issues.push({ code: "custom", input: text, message: "Must not contain U+0000 or half a surrogate pair." });
    }
  });
  // What the API's description can say of it; a limit in bytes is a limit in characters as well.
  return checked.meta({ ...(options.empty ? {} : { minLength: 1 }), maxLength: max });
}

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
});
export type UpdateUserInput = z.input<typeof UpdateUserSchema>;

/** Most ids that one call of a core use case takes. */
export const MAX_USER_IDS = 1000;

/** A list of ids; repeated ones collapse to their first position (contract section 4). */
export function userIdList(max: number) {
  return z
    .array(UserIdSchema, { error: mustBe("a list of user ids") })
    .min(1, `Must have from 1 to ${max} entries.`)
    .max(max, `Must have from 1 to ${max} entries.`)
    .transform((ids) => [...new Set(ids)]);
}
