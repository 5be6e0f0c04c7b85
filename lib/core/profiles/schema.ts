import { z } from "zod";
import { listOf } from "../input/list";
import { formText, limitedText, mustBe } from "../input/text";
import { isSeen, isStorable, UNSEEN_MESSAGE } from "../input/text-rules";
import { MAX_USER_IDS, UserIdSchema, userIdList } from "../users/schema";
import {
  BASIC_KEYS,
  type DeclaredProfileKey,
  MAX_DECLARED_KEYS,
  type NumberKey,
  PROFILE_VISIBILITIES,
  type ProfileVisibility,
  type TextKey,
} from "./facts";

/** Hosted profiles (contract section 10): their keys, limits and inputs. Browser-safe. */

const basicText = (key: TextKey) => limitedText({ characters: BASIC_KEYS[key].maxCharacters }, { empty: true });

/** What the text keys may hold. */
export const BASIC_TEXT_SCHEMAS = {
  uniqueId: basicText("uniqueId").refine((id) => /^[A-Za-z0-9]*$/.test(id), {
    error: "Must consist of letters and digits only.",
  }),
  name: basicText("name"),
  portraitUri: basicText("portraitUri"),
  email: basicText("email"),
  birthday: basicText("birthday"),
  location: basicText("location"),
} as const satisfies Record<TextKey, unknown>;

/** The basic keys that are set. */
export type BasicProfile = Partial<Record<TextKey, string> & Record<NumberKey, number>>;

/** What is stored of a user who has a hosted profile. */
export interface HostedProfile {
  readonly userId: string;
  /** Unix milliseconds of the last change; grows with each, also when two fall into one millisecond. */
  readonly version: number;
  readonly userProfile: BasicProfile;
  /** The extended keys that are set. */
  readonly userExtProfile: Readonly<Record<string, string>>;
}

// Extended keys

export const EXTENDED_KEY_MAX_CHARACTERS = 32;
export const EXTENDED_VALUE_MAX_CHARACTERS = 256;
/** Extended pairs that one user may have. */
export const MAX_EXTENDED_PAIRS = 20;
export const ExtendedValueSchema = limitedText({ characters: EXTENDED_VALUE_MAX_CHARACTERS }, { empty: true });

const LABEL_MAX_CHARACTERS = 64;

export const DeclaredProfileKeySchema = z
  .object({
    key: formText({
      max: EXTENDED_KEY_MAX_CHARACTERS,
      missing: "Enter a key.",
      long: `Enter at most ${EXTENDED_KEY_MAX_CHARACTERS} characters.`,
      blanks: true,
    }).regex(/^ext_[A-Za-z0-9_]+$/, "Enter ext_ followed by letters, digits and _ only."),
    label: z
      .string("Enter text.")
      .trim()
      .refine((label) => [...label].length <= LABEL_MAX_CHARACTERS, `Enter at most ${LABEL_MAX_CHARACTERS} characters.`)
      .refine(isStorable, "Contains a character that cannot be stored.")
      .refine(isSeen, UNSEEN_MESSAGE)
      .optional(),
  })
  .transform(({ key, label }): DeclaredProfileKey => (label ? { key, label } : { key }));

export const DeclaredProfileKeysSchema = listOf(DeclaredProfileKeySchema, {
  max: MAX_DECLARED_KEYS,
  wrong: "Give a list of keys.",
  size: `Declare at most ${MAX_DECLARED_KEYS} keys.`,
}).superRefine((declared, ctx) => {
  const seen = new Set<string>();
  for (const [index, { key }] of declared.entries()) {
    if (seen.has(key)) ctx.addIssue({ code: "custom", path: [index, "key"], message: `${key} is declared already.` });
    seen.add(key);
  }
});

// Visibility

/** A user's own choice as clients send it and as it is stored; 0, not set, is stored as null. */
export const VISIBILITY_NUMBERS: Readonly<Record<ProfileVisibility, number>> = { hidden: 1, everyone: 2, friends: 3 };

/** The choice that a stored number means; null: none, the environment's default holds. */
export function visibilityOf(stored: number | null): ProfileVisibility | null {
  return PROFILE_VISIBILITIES.find((visibility) => VISIBILITY_NUMBERS[visibility] === stored) ?? null;
}

const visibility = "Must be 0, 1, 2 or 3.";
export const ChangeVisibilitySchema = z.object({
  visibility: z
    .int({ error: mustBe("0, 1, 2 or 3") })
    .min(0, visibility)
    .max(3, visibility),
});
export type ChangeVisibilityInput = z.input<typeof ChangeVisibilitySchema>;

// Inputs

/** A JSON object as it came: keys and values are judged one by one, with codes of their own (contract section 3.3). */
export const JsonObjectSchema = z.unknown().transform((value, ctx): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  ctx.issues.push({ code: "custom", input: value, message: mustBe("a JSON object")({ input: value }) });
  return z.NEVER;
});

/** Contract section 10.1: of the two at least one. */
export const SetUserProfileSchema = z
  .object({
    userId: UserIdSchema,
    userProfile: JsonObjectSchema.optional(),
    userExtProfile: JsonObjectSchema.optional(),
    /** The version that a page showed, null for no profile: for a change that must not meet another one. */
    seen: z.object({ version: z.number().nullable() }).optional(),
  })
  .refine((input) => input.userProfile !== undefined || input.userExtProfile !== undefined, {
    path: ["userProfile"],
    error: "Must be given, or userExtProfile.",
  });
export type SetUserProfileInput = z.input<typeof SetUserProfileSchema>;

export const UserProfilesSchema = z.object({ userIds: userIdList(MAX_USER_IDS) });
export type UserProfilesInput = z.input<typeof UserProfilesSchema>;

/** Most ids of one query by a client; `profile_too_many_ids` beyond. */
export const MAX_CLIENT_PROFILES = 100;

export const PROFILE_PAGE_MAX = 100;

const page = "Must be between 1 and 1000000.";
const pageSize = `Must be between 1 and ${PROFILE_PAGE_MAX}.`;
const order = "Must be 0 or 1.";

/** Contract section 10.3. */
export const ListUserProfilesSchema = z.object({
  page: z.int({ error: page }).min(1, page).max(1_000_000, page).default(1),
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(PROFILE_PAGE_MAX, pageSize).default(20),
  /** By time of registration: 0 oldest first, 1 newest first. */
  order: z.int({ error: order }).min(0, order).max(1, order).default(0),
});
export type ListUserProfilesInput = z.input<typeof ListUserProfilesSchema>;
