import { z } from "zod";
import { addressText, formText } from "../input/text";
import { PROFILE_VISIBILITIES } from "../profiles/facts";
import { DeclaredProfileKeysSchema } from "../profiles/schema";
import {
  FRIEND_REQUEST_PREFERENCES,
  originsOf,
  SAME_PLATFORM_RULES,
  SETTINGS_NOTE_MAX,
  type SettingKey,
} from "./facts";

/**
 * The chat settings of an environment: types, defaults and the words of their screen. Browser-safe. A new setting is a
 * line in `SettingsSchema` and one in `SETTINGS`; it needs no migration.
 */

const MAX_VALIDITY_HOURS = 87_600;

export const ALLOWED_ORIGINS_MAX = 100;

const isOrigin = (text: string) => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text.toLowerCase();
};

const AllowedOriginsSchema = z
  .string("Enter one origin per line.")
  .transform((text) => [...new Set(originsOf(text.toLowerCase()))].join("\n"))
  .superRefine((text, ctx) => {
    const origins = originsOf(text);
    const wrong = origins.find((origin) => !isOrigin(origin));
    if (wrong !== undefined) {
      ctx.addIssue({
        code: "custom",
        message: `“${wrong.slice(0, 80)}” isn’t an origin. Write it like https://chat.example.com, without a path.`,
      });
    } else if (origins.length > ALLOWED_ORIGINS_MAX) {
      ctx.addIssue({ code: "custom", message: `Enter at most ${ALLOWED_ORIGINS_MAX} origins.` });
    }
  });

export const SettingsSchema = z.object({
  defaultProfileVisibility: z.enum(PROFILE_VISIBILITIES, { message: "Choose hidden, everyone or friends only." }),
  profileKeys: DeclaredProfileKeysSchema,
  restrictDirectMessagingToFriends: z.boolean("Choose on or off."),
  profileUpdatesToFriends: z.boolean("Choose on or off."),
  friendRequestPreference: z.enum(FRIEND_REQUEST_PREFERENCES, { message: "Choose anyone, approval or nobody." }),
  accessTokenValidityHours: z
    .int("Enter a whole number of hours.")
    .min(1, "Enter at least 1 hour.")
    .max(MAX_VALIDITY_HOURS, `Enter at most ${MAX_VALIDITY_HOURS} hours (10 years).`)
    .nullable(),
  samePlatformConnections: z.enum(SAME_PLATFORM_RULES, { message: "Choose to allow or to replace." }),
  /** One per line; "" allows every origin. */
  allowedOrigins: AllowedOriginsSchema,
});

export type Settings = z.infer<typeof SettingsSchema>;
/** The setting's value of which an audit entry keeps this. Not checked: the log is older than the schema. */
export function settingFromAudit(key: SettingKey, kept: unknown): unknown {
  if (key !== "profileKeys" || !Array.isArray(kept)) return kept;
  return kept.map((words) => {
    const [, name, label] = /^(\S+)(?: \((.*)\))?$/s.exec(String(words)) ?? [];
    return label === undefined ? { key: name } : { key: name, label };
  });
}

const withoutUndefined = <Changes extends object>(changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Changes;

/** As far as its column counts. */
const MAX_VERSION = 2_147_483_647;

export const ChangeSettingsSchema = z.object({
  /** The version that the changes were made on. */
  version: z.int().min(1).max(MAX_VERSION),
  changes: SettingsSchema.partial()
    .transform(withoutUndefined)
    .refine((changes) => Object.keys(changes).length > 0, "There’s nothing to save."),
  /** Why; required in production, kept in the audit log. */
  note: formText({ max: SETTINGS_NOTE_MAX, missing: "Enter text." }).default(""),
});
export type ChangeSettingsInput = z.input<typeof ChangeSettingsSchema>;

/** A change of the settings, by the request that made it. */
export const RevertKeySchema = z.object({ requestId: addressText(64) });
export type RevertKey = z.input<typeof RevertKeySchema>;

export const RevertSettingsSchema = z.object({
  ...RevertKeySchema.shape,
  /** What a page showed, with what has changed since. */
  version: ChangeSettingsSchema.shape.version.optional(),
  note: ChangeSettingsSchema.shape.note,
});
export type RevertSettingsInput = z.input<typeof RevertSettingsSchema>;
