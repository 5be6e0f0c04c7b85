import type { ReviewedChange } from "@/components/form/changes-table";
import {
  isSameSetting,
  SETTINGS,
  type SettingKey,
  type Settings,
  SettingsSchema,
  settingChangeText,
  settingValueText,
} from "@/lib/core/settings/schema";

/** What the admin has chosen but not saved. A number that is not one yet is NaN. */
export type Drafts = Partial<Settings>;

/** The settings whose draft differs from what is saved, in the order of the screen. */
export function changedKeys(saved: Settings, drafts: Drafts): SettingKey[] {
  return SETTINGS.map((setting) => setting.key).filter(
    (key) => drafts[key] !== undefined && !isSameSetting(drafts[key], saved[key]),
  );
}

/** The changes of these settings in words, for their review. */
export function reviewedChanges(keys: readonly SettingKey[], saved: Settings, values: Settings): ReviewedChange[] {
  return keys.map((key) => ({
    label: SETTINGS.find((setting) => setting.key === key)?.label ?? key,
    now: settingValueText(key, saved[key]),
    next: settingChangeText(key, saved[key], values[key]),
  }));
}

/** Why a draft cannot be saved; undefined when it can. */
export function draftProblem(key: SettingKey, drafts: Drafts): string | undefined {
  if (drafts[key] === undefined) return undefined;
  const parsed = SettingsSchema.shape[key].safeParse(drafts[key]);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}
