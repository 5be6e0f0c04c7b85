import type { ReviewedChange } from "@/components/form/changes-table";
import { SETTINGS, type SettingKey, settingChangeText, settingValueText } from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";

export const settingLabel = (key: SettingKey): string => SETTINGS.find((setting) => setting.key === key)?.label ?? key;

/** The changes of these settings in words, for their review. */
export function reviewedChanges(
  keys: readonly SettingKey[],
  saved: Partial<Settings>,
  values: Partial<Settings>,
): ReviewedChange[] {
  return keys.flatMap((key) => {
    const [now, next] = [saved[key], values[key]];
    if (now === undefined || next === undefined) return [];
    return [{ label: settingLabel(key), now: settingValueText(key, now), next: settingChangeText(key, now, next) }];
  });
}
