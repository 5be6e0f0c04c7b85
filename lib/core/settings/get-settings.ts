import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { DEFAULT_SETTINGS, type SettingKey } from "./facts";
import { type Settings, SettingsSchema } from "./schema";
import { readSettings, type StoredSettings } from "./settings-store";

export interface SettingsState {
  /** To be named when changes are saved. */
  readonly version: number;
  readonly values: Settings;
  /** Who changed a setting last and when; a setting that nobody has touched is missing. */
  readonly changed: Partial<Record<SettingKey, { readonly at: Date; readonly byName: string }>>;
}

/** Stored rows over the defaults. A stored value that the schema no longer knows gives way to the default. */
export function settingsFrom(stored: StoredSettings): Settings {
  const values: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const { key, value } of stored.rows) {
    if (!(key in SettingsSchema.shape)) continue;
    const parsed = SettingsSchema.shape[key as SettingKey].safeParse(value);
    if (parsed.success) values[key] = parsed.data;
  }
  return SettingsSchema.parse(values);
}

export async function getSettings(context: Context, actor: Actor): Promise<SettingsState> {
  requirePermission(actor, "settings.read");
  const stored = await readSettings(context.db.prisma, environmentOf(actor).id);
  const changed = stored.rows
    .filter(({ key }) => key in SettingsSchema.shape)
    .map(({ key, updatedAt, updatedByName }) => [key, { at: updatedAt, byName: updatedByName }]);
  return { version: stored.version, values: settingsFrom(stored), changed: Object.fromEntries(changed) };
}
