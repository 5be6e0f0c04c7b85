import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentRef, nameOf } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { AppError } from "../errors";
import { isSameSetting, type SettingKey, settingAuditValue } from "./facts";
import { settingsFrom } from "./get-settings";
import type { Settings } from "./schema";
import { type StoredSettings, writeSetting } from "./settings-store";

/** Operators say why they change production. */
export function requireNote(actor: Actor, environment: EnvironmentRef, note: string): void {
  if (actor.kind !== "operator" || environment.name !== "production" || note !== "") return;
  throw new AppError("invalid_parameter", { field: "note", message: "Say why. A note is required in production." });
}

interface Change {
  readonly environment: EnvironmentRef;
  readonly stored: StoredSettings;
  readonly changes: Partial<Settings>;
  /** Unix milliseconds */
  readonly now: number;
  readonly action: "settings.changed" | "settings.reverted";
  /** Why, and whose change is put back: kept with the entry beside the new values. */
  readonly note: string;
  readonly reverted?: string;
}

/** Writes the settings that differ from what is stored; the version has been claimed. Gives the audit entry, if anything did. */
export async function saveChanges(tx: Db, actor: Actor, change: Change): Promise<AuditRecord[]> {
  const { environment, stored, changes, now, action, note, reverted } = change;
  const before = settingsFrom(stored);
  const after: Settings = { ...before, ...changes };
  const keys = (Object.keys(changes) as SettingKey[]).filter((key) => !isSameSetting(after[key], before[key]));
  for (const key of keys) {
    await writeSetting(tx, environment.id, {
      key,
      value: after[key],
      updatedAt: new Date(now),
      updatedByName: nameOf(actor).name,
    });
  }
  if (keys.length === 0) return [];
  const audited = (values: Settings) =>
    Object.fromEntries(keys.map((key) => [key, settingAuditValue(key, values[key])]));
  const beside = { ...(note === "" ? {} : { note }), ...(reverted === undefined ? {} : { reverted }) };
  const target = {
    kind: "settings",
    id: environment.appKey,
    name: `${environment.appName} ${environment.name}`,
  } as const;
  return [{ action, target, before: audited(before), after: { ...audited(after), ...beside } }];
}

/** The refusal of a change that was made on an older version; names who saved the latest of `keys`, or of all. */
export function settingsConflict(
  environment: EnvironmentRef,
  { version, rows }: StoredSettings,
  keys?: readonly SettingKey[],
): AppError {
  const latest = rows
    .filter(({ key }) => keys === undefined || keys.includes(key as SettingKey))
    .reduce<(typeof rows)[number] | undefined>(
      (newest, row) => (newest === undefined || row.updatedAt > newest.updatedAt ? row : newest),
      undefined,
    );
  const by = latest?.updatedByName ?? null;
  const did = `changed the chat settings of ${environment.appName} ${environment.name}`;
  return new AppError("version_conflict", {
    message: `${by ?? "Someone"} ${did} meanwhile.`,
    conflict: { by, at: latest?.updatedAt ?? null, did, current: { version } },
  });
}
