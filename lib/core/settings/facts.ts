import { type DeclaredProfileKey, declaredProfileKeyText, PROFILE_VISIBILITY_WORDS } from "../profiles/facts";
import type { Settings } from "./schema";

/**
 * What a change of the chat settings does to what is stored, where that can be counted cheaply. Browser-safe.
 */
export const IMPACT_FIGURES = [
  /** Pairs who have written to each other and are not friends. */
  "strangers",
  /** Users with more than one live connection on one platform. */
  "connectedTwice",
  /** Users who have not chosen who sees their profile. */
  "withoutVisibility",
  /** Users who have not chosen who may befriend them. */
  "withoutLevel",
  /** Hosted profiles that hold a value of certain extended keys. */
  "profiles",
] as const;

export type ImpactFigure = (typeof IMPACT_FIGURES)[number];

export interface CountedChange {
  readonly figure: ImpactFigure;
  /** Extended keys, for `profiles`. */
  readonly keys: readonly string[];
}

/** What is to be counted for a change of one setting; null where a sentence says it all. */
export function countedChange<Key extends SettingKey>(
  key: Key,
  before: Settings[Key],
  after: Settings[Key],
): CountedChange | null {
  switch (key) {
    case "restrictDirectMessagingToFriends":
      return after === true ? { figure: "strangers", keys: [] } : null;
    case "samePlatformConnections":
      return after === "replace" ? { figure: "connectedTwice", keys: [] } : null;
    case "defaultProfileVisibility":
      return { figure: "withoutVisibility", keys: [] };
    case "friendRequestPreference":
      return { figure: "withoutLevel", keys: [] };
    case "profileKeys": {
      const kept = new Set((after as readonly DeclaredProfileKey[]).map((declared) => declared.key));
      const removed = (before as readonly DeclaredProfileKey[])
        .map((declared) => declared.key)
        .filter((k) => !kept.has(k));
      return removed.length === 0 ? null : { figure: "profiles", keys: removed };
    }
    default:
      return null;
  }
}

export const FRIEND_REQUEST_PREFERENCES = ["everyone", "approval", "nobody"] as const;

export const SAME_PLATFORM_RULES = ["allow", "replace"] as const;

/** The origins of the setting `allowedOrigins`; none: any origin may connect. */
export const originsOf = (text: string): string[] => text.split(/[\s,]+/).filter((origin) => origin !== "");

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
