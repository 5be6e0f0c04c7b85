import { z } from "zod";
import { addressText, formText } from "../input/text";
import {
  type DeclaredProfileKey,
  DeclaredProfileKeysSchema,
  declaredProfileKeyText,
  PROFILE_VISIBILITIES,
  PROFILE_VISIBILITY_WORDS,
} from "../profiles/schema";

/**
 * The chat settings of an environment: types, defaults and the words of their screen. Browser-safe. A new setting is a
 * line in `SettingsSchema` and one in `SETTINGS`; it needs no migration.
 */

export const FRIEND_REQUEST_PREFERENCES = ["everyone", "approval", "nobody"] as const;

const MAX_VALIDITY_HOURS = 87_600;

export const SAME_PLATFORM_RULES = ["allow", "replace"] as const;

export const ALLOWED_ORIGINS_MAX = 100;

const isOrigin = (text: string) => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text.toLowerCase();
};

/** The origins of the setting `allowedOrigins`; none: any origin may connect. */
export const originsOf = (text: string): string[] => text.split(/[\s,]+/).filter((origin) => origin !== "");

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
export type SettingKey = keyof Settings;

/** What holds where nobody has chosen (console contract section 3). A new production environment starts here too. */
export const DEFAULT_SETTINGS: Settings = {
  defaultProfileVisibility: "hidden",
  profileKeys: [],
  restrictDirectMessagingToFriends: false,
  friendRequestPreference: "approval",
  profileUpdatesToFriends: false,
  accessTokenValidityHours: null,
  samePlatformConnections: "allow",
  allowedOrigins: "",
};

export interface SettingWords {
  readonly key: SettingKey;
  /** Card of the screen. */
  readonly group: "Users" | "Friend" | "Access tokens" | "Logins and devices";
  readonly label: string;
  /** One sentence that says what it does. */
  readonly description: string;
}

export const SETTINGS: readonly SettingWords[] = [
  {
    key: "defaultProfileVisibility",
    group: "Users",
    label: "Default profile visibility",
    description: "Who sees a user’s hosted profile until the user chooses.",
  },
  {
    key: "profileKeys",
    group: "Users",
    label: "User metadata (custom attributes)",
    description:
      "The extended keys that hosted profiles can have. Others are refused. If you remove a key, its stored values can still be read, but not changed.",
  },
  {
    key: "restrictDirectMessagingToFriends",
    group: "Friend",
    label: "Restrict direct messaging to friends",
    description:
      "Users can send direct messages only to friends who haven’t blocked them. Your app server can still message anyone.",
  },
  {
    key: "friendRequestPreference",
    group: "Friend",
    label: "Friend request preference",
    description: "Who can add a user as a friend until the user chooses.",
  },
  {
    key: "profileUpdatesToFriends",
    group: "Friend",
    label: "Enable auto messaging for profile update",
    description: "When a user’s hosted profile changes, connected friends hear at once of what they can see.",
  },
  {
    key: "accessTokenValidityHours",
    group: "Access tokens",
    label: "Access token validity",
    description: "How long an access token works after it’s issued. Applies to new tokens.",
  },
  {
    key: "samePlatformConnections",
    group: "Logins and devices",
    label: "Second device of one platform",
    description:
      "What happens when a user connects a second device of the same platform (Android, iOS, Web …). A disconnected device gets code 31010.",
  },
  {
    key: "allowedOrigins",
    group: "Logins and devices",
    label: "Allowed web origins",
    description:
      "Web pages that can connect, one origin per line, such as https://chat.example.com. Leave it empty to allow all. Apps outside the browser can always connect. Applies to new connections.",
  },
];

const PREFERENCE_WORDS: Record<Settings["friendRequestPreference"], string> = {
  everyone: "Anyone, without approval",
  approval: "With the user’s approval",
  nobody: "Nobody",
};

const SAME_PLATFORM_WORDS: Record<Settings["samePlatformConnections"], string> = {
  allow: "Both stay connected",
  replace: "The older one disconnects",
};

/** "36 hours", "720 hours (30 days)": as it is entered, and in days where it is whole days. */
function validityText(hours: number): string {
  const words = `${hours.toLocaleString("en-US")} ${hours === 1 ? "hour" : "hours"}`;
  const days = hours / 24;
  return days > 1 && Number.isInteger(days) ? `${words} (${days.toLocaleString("en-US")} days)` : words;
}

/** A setting's value as it stands on screens and in the audit log. */
export function settingValueText<Key extends SettingKey>(key: Key, value: Settings[Key]): string {
  if (key === "friendRequestPreference") return PREFERENCE_WORDS[value as Settings["friendRequestPreference"]];
  if (key === "samePlatformConnections") return SAME_PLATFORM_WORDS[value as Settings["samePlatformConnections"]];
  if (key === "allowedOrigins") return value === "" ? "Any" : originsOf(String(value)).join(", ");
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (key === "defaultProfileVisibility")
    return PROFILE_VISIBILITY_WORDS[value as Settings["defaultProfileVisibility"]];
  if (key === "profileKeys")
    return (value as readonly DeclaredProfileKey[]).map(declaredProfileKeyText).join(", ") || "None";
  return value === null ? "Never expires" : validityText(Number(value));
}

/** The same value, lists compared by what is in them. */
export function isSameSetting<Key extends SettingKey>(
  one: Settings[Key] | undefined,
  other: Settings[Key] | undefined,
): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one, other);
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A setting's value as an audit entry keeps it: lists as their items' words. */
export function settingAuditValue<Key extends SettingKey>(key: Key, value: Settings[Key]): unknown {
  return key === "profileKeys" ? (value as readonly DeclaredProfileKey[]).map(declaredProfileKeyText) : value;
}

/** The setting's value of which an audit entry keeps this. Not checked: the log is older than the schema. */
export function settingFromAudit(key: SettingKey, kept: unknown): unknown {
  if (key !== "profileKeys" || !Array.isArray(kept)) return kept;
  return kept.map((words) => {
    const [, name, label] = /^(\S+)(?: \((.*)\))?$/s.exec(String(words)) ?? [];
    return label === undefined ? { key: name } : { key: name, label };
  });
}

/** What becomes of a setting: its new value or, for a list, what is added and removed ("added ext_team"). */
export function settingChangeText<Key extends SettingKey>(
  key: Key,
  before: Settings[Key],
  after: Settings[Key],
): string {
  const [old, now] = [settingAuditValue(key, before), settingAuditValue(key, after)];
  if (!Array.isArray(old) || !Array.isArray(now)) return settingValueText(key, after);
  return listChangeText(old, now) || settingValueText(key, after);
}

/** "added ext_team, removed ext_old"; "" when the lists hold the same. */
export function listChangeText(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((item) => !before.includes(item)).map((item) => `added ${item}`);
  const removed = before.filter((item) => !after.includes(item)).map((item) => `removed ${item}`);
  return [...added, ...removed].join(", ");
}

export const SETTINGS_NOTE_MAX = 250;

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
