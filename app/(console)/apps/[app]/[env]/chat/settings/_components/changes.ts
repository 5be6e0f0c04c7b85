import { beginsWordsOf, foldedText } from "@/lib/core/search/fold";
import { isSameSetting, SETTINGS, type SettingKey, type SettingWords } from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";

/** What the admin has chosen but not saved. A number that is not one yet is NaN. */
export type Drafts = Partial<Settings>;

/** The settings whose draft differs from what is saved, in the order of the screen. */
export function changedKeys(saved: Settings, drafts: Drafts): SettingKey[] {
  return SETTINGS.map((setting) => setting.key).filter(
    (key) => drafts[key] !== undefined && !isSameSetting(drafts[key], saved[key]),
  );
}

/** Whether each word of a search begins one of the setting's: of its label, its sentence, its card or its key. */
export function isFound(search: string, { key, group, label, description }: SettingWords): boolean {
  const parts = key.replaceAll(/[A-Z]/g, " $&");
  return foldedText(search) === "" || beginsWordsOf(search, [label, description, group, key, parts].join(" "));
}
