import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { requireNote, saveChanges, settingsConflict } from "./saved-settings";
import { type ChangeSettingsInput, ChangeSettingsSchema } from "./schema";
import { claimSettingsVersion, readSettings } from "./settings-store";

export interface SavedSettings {
  readonly version: number;
  /** Names the change in the audit log, for whoever reverts it. */
  readonly requestId: string;
}

/**
 * Saves changes that were made on `version` and gives the new version. Throws `version_conflict` when someone has saved
 * since, naming who and when; then nothing is changed. Operators must give a note in production. Every process acts on
 * the new values as soon as the event arrives (docs/decisions/0006-settings-act-at-once.md).
 */
export async function changeSettings(
  context: Context,
  actor: Actor,
  input: ChangeSettingsInput,
): Promise<SavedSettings> {
  requirePermission(actor, "settings.change");
  const environment = environmentOf(actor);
  const { version, changes, note } = ChangeSettingsSchema.parse(input);
  requireNote(actor, environment, note);
  const now = context.now();

  return executeWithPrisma(context, actor, async (tx) => {
    const claimed = await claimSettingsVersion(tx, environment.id, version);
    const stored = await readSettings(tx, environment.id);
    if (!claimed) throw settingsConflict(environment, stored);
    const audit = await saveChanges(tx, actor, { environment, stored, changes, now, action: "settings.changed", note });
    return {
      result: { version: stored.version, requestId: actor.requestId },
      at: now,
      audit,
      events: [{ type: "settings.changed", environmentId: environment.id }],
    };
  });
}
