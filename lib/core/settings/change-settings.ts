import { type Actor, type EnvironmentRef, environmentOf, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { settingsFrom } from "./get-settings";
import {
  type ChangeSettingsInput,
  ChangeSettingsSchema,
  isSameSetting,
  type SettingKey,
  type Settings,
  settingAuditValue,
} from "./schema";
import { claimSettingsVersion, readSettings, type StoredSettings, writeSetting } from "./settings-store";

/**
 * Saves changes that were made on `version` and gives the new version. Throws `version_conflict` when someone has saved
 * since, naming who and when; then nothing is changed. Operators must give a note in production. Every process acts on
 * the new values as soon as the event arrives (docs/decisions/0006-settings-act-at-once.md).
 */
export async function changeSettings(
  context: Context,
  actor: Actor,
  input: ChangeSettingsInput,
): Promise<{ version: number }> {
  requirePermission(actor, "settings.change");
  const environment = environmentOf(actor);
  const { version, changes, note } = ChangeSettingsSchema.parse(input);
  if (actor.kind === "operator" && environment.name === "production" && note === "") {
    throw new AppError("invalid_parameter", { field: "note", message: "Say why: a note is required in production." });
  }
  const now = context.now();

  return executeWithPrisma(context, actor, async (tx) => {
    const claimed = await claimSettingsVersion(tx, environment.id, version);
    const stored = await readSettings(tx, environment.id);
    if (!claimed) throw conflict(environment, stored);
    const before = settingsFrom(stored);
    const after: Settings = { ...before, ...changes };
    const keys = (Object.keys(changes) as SettingKey[]).filter((key) => !isSameSetting(after[key], before[key]));
    const audited = (values: Settings) =>
      Object.fromEntries(keys.map((key) => [key, settingAuditValue(key, values[key])]));
    for (const key of keys) {
      await writeSetting(tx, environment.id, {
        key,
        value: after[key],
        updatedAt: new Date(now),
        updatedByName: nameOf(actor).name,
      });
    }
    const target = {
      kind: "settings",
      id: environment.appKey,
      name: `${environment.appName} ${environment.name}`,
    } as const;
    const noted = note === "" ? {} : { note };
    return {
      result: { version: stored.version },
      audit:
        keys.length === 0
          ? []
          : [{ action: "settings.changed", target, before: audited(before), after: { ...audited(after), ...noted } }],
      events: [{ type: "settings.changed", environmentId: environment.id }],
    };
  });
}

function conflict(environment: EnvironmentRef, { version, rows }: StoredSettings): AppError {
  const latest = rows.reduce<(typeof rows)[number] | undefined>(
    (newest, row) => (newest === undefined || row.updatedAt > newest.updatedAt ? row : newest),
    undefined,
  );
  const by = latest?.updatedByName ?? null;
  const did = `changed the chat settings of ${environment.appName} ${environment.name}`;
  return new AppError("version_conflict", {
    message: `${by ?? "Somebody"} ${did} meanwhile.`,
    conflict: { by, at: latest?.updatedAt ?? null, did, current: { version } },
  });
}
