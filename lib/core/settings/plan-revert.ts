import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { isSameSetting, SETTINGS, type SettingKey } from "./facts";
import { settingsFrom } from "./get-settings";
import { type RevertKey, RevertKeySchema, type Settings, SettingsSchema, settingFromAudit } from "./schema";
import { findSettingsChange, readSettings, type StoredSettings } from "./settings-store";

export interface RevertPlan {
  /** To be named when it is carried out. */
  readonly version: number;
  /** Values now, of the settings that would change. */
  readonly now: Partial<Settings>;
  /** Their values before the change. */
  readonly before: Partial<Settings>;
  /** Settings that somebody has changed since, with who did it last. */
  readonly changedSince: readonly { readonly key: SettingKey; readonly by: string; readonly at: Date }[];
}

/** What reverting a change would do, and who has changed the same settings since. Throws `not_found`; changes nothing. */
export async function planRevert(context: Context, actor: Actor, input: RevertKey): Promise<RevertPlan> {
  requirePermission(actor, "settings.read");
  const { requestId } = RevertKeySchema.parse(input);
  const environmentId = environmentOf(actor).id;
  const change = await findChange(context.db.prisma, environmentId, requestId);
  const stored = await readSettings(context.db.prisma, environmentId);
  const current = settingsFrom(stored);
  const keys = change.keys.filter((key) => !isSameSetting(current[key], change.before[key]));
  return {
    version: stored.version,
    now: pick(current, keys),
    before: pick(change.before, keys),
    changedSince: keys
      .filter((key) => !isSameSetting(current[key], change.after[key]))
      .flatMap((key) => lastChange(stored, key)),
  };
}

/** One change of the chat settings as the audit log keeps it. */
export interface SettingsChange {
  readonly keys: readonly SettingKey[];
  readonly before: Partial<Settings>;
  readonly after: Partial<Settings>;
}

/**
 * The change that a request made. Throws `not_found` when it made none, or none that can be put back: a value that the
 * schema no longer takes.
 */
export async function findChange(db: Db, environmentId: EnvironmentId, requestId: string): Promise<SettingsChange> {
  const entry = await findSettingsChange(db, environmentId, requestId);
  const [before, after] = [valuesOf(entry?.before), valuesOf(entry?.after)];
  const keys = SETTINGS.map(({ key }) => key).filter((key) => before[key] !== undefined && after[key] !== undefined);
  if (keys.length === 0) {
    throw new AppError("not_found", { message: "The audit log has no change of these settings to revert." });
  }
  return { keys, before, after };
}

function valuesOf(fields: unknown): Partial<Settings> {
  if (typeof fields !== "object" || fields === null) return {};
  const values = Object.entries(fields).flatMap(([key, value]) => {
    if (!Object.hasOwn(SettingsSchema.shape, key)) return [];
    const parsed = SettingsSchema.shape[key as SettingKey].safeParse(settingFromAudit(key as SettingKey, value));
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(values);
}

const pick = (values: Partial<Settings>, keys: readonly SettingKey[]): Partial<Settings> =>
  Object.fromEntries(keys.map((key) => [key, values[key]]));

function lastChange({ rows }: StoredSettings, key: SettingKey): RevertPlan["changedSince"][number][] {
  const row = rows.find((stored) => stored.key === key);
  return row === undefined ? [] : [{ key, by: row.updatedByName, at: row.updatedAt }];
}
