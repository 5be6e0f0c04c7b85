import { z } from "zod";

/**
 * The chat settings of an environment: types, defaults and the words of their screen. Browser-safe. A new setting is a
 * line in `SettingsSchema` and one in `SETTINGS`; it needs no migration.
 */

export const FRIEND_REQUEST_PREFERENCES = ["everyone", "approval", "nobody"] as const;

const MAX_VALIDITY_HOURS = 87_600;

export const SettingsSchema = z.object({
  restrictDirectMessagingToFriends: z.boolean("Choose on or off."),
  friendRequestPreference: z.enum(FRIEND_REQUEST_PREFERENCES, { message: "Choose anyone, approval or nobody." }),
  accessTokenValidityHours: z
    .int("Enter a whole number of hours.")
    .min(1, "Enter at least 1 hour.")
    .max(MAX_VALIDITY_HOURS, `Enter at most ${MAX_VALIDITY_HOURS} hours (10 years).`)
    .nullable(),
});

export type Settings = z.infer<typeof SettingsSchema>;
export type SettingKey = keyof Settings;

/** What holds where nobody has chosen (console contract section 3). A new production environment starts here too. */
export const DEFAULT_SETTINGS: Settings = {
  restrictDirectMessagingToFriends: false,
  friendRequestPreference: "approval",
  accessTokenValidityHours: null,
};

export interface SettingWords {
  readonly key: SettingKey;
  /** Card of the screen. */
  readonly group: "Friend" | "Access tokens";
  readonly label: string;
  /** One sentence that says what it does. */
  readonly description: string;
}

export const SETTINGS: readonly SettingWords[] = [
  {
    key: "restrictDirectMessagingToFriends",
    group: "Friend",
    label: "Restrict direct messaging to friends",
    description:
      "Users can send direct messages only to their friends. Messages that the app server sends are never restricted, and the blocklist comes before friendship.",
  },
  {
    key: "friendRequestPreference",
    group: "Friend",
    label: "Friend request preference",
    description: "Who may add a user as a friend, unless that user has chosen otherwise.",
  },
  {
    key: "accessTokenValidityHours",
    group: "Access tokens",
    label: "Access token validity",
    description: "How long an access token works, counted from its issue. Applies to tokens issued after the change.",
  },
];

const PREFERENCE_WORDS: Record<Settings["friendRequestPreference"], string> = {
  everyone: "Anyone, without approval",
  approval: "With the user's approval",
  nobody: "Nobody",
};

/** A setting's value as it stands on screens and in the audit log. */
export function settingValueText<Key extends SettingKey>(key: Key, value: Settings[Key]): string {
  if (key === "friendRequestPreference") return PREFERENCE_WORDS[value as Settings["friendRequestPreference"]];
  if (key === "restrictDirectMessagingToFriends") return value === true ? "On" : "Off";
  return value === null ? "Without end" : `${value} ${value === 1 ? "hour" : "hours"}`;
}

export const SETTINGS_NOTE_MAX = 250;

export const ChangeSettingsSchema = z.object({
  /** The version that the changes were made on. */
  version: z.int().min(1),
  changes: SettingsSchema.partial().refine((changes) => Object.keys(changes).length > 0, "There is no change to save."),
  /** Why; required in production, kept in the audit log. */
  note: z
    .string()
    .trim()
    .max(SETTINGS_NOTE_MAX, `At most ${SETTINGS_NOTE_MAX} characters.`)
    .refine((text) => !text.includes("\0"), "Contains a character that cannot be stored.")
    .default(""),
});
export type ChangeSettingsInput = z.input<typeof ChangeSettingsSchema>;
