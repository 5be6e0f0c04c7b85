import type { SettingKey } from "@/lib/core/settings/facts";
import { SettingsSchema } from "@/lib/core/settings/schema";
import type { Drafts } from "./changes";

/** Why a draft cannot be saved; undefined when it can. */
export function draftProblem(key: SettingKey, drafts: Drafts): string | undefined {
  if (drafts[key] === undefined) return undefined;
  const parsed = SettingsSchema.shape[key].safeParse(drafts[key]);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}
