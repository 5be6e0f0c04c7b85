import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import type { SavedSettings } from "./change-settings";
import { isSameSetting } from "./facts";
import { settingsFrom } from "./get-settings";
import { findChange } from "./plan-revert";
import { requireNote, saveChanges, settingsConflict } from "./saved-settings";
import { type RevertSettingsInput, RevertSettingsSchema } from "./schema";
import { nextSettingsVersion, readSettings } from "./settings-store";

/**
 * Puts back exactly the values that stood before a change, which the request that made it names. Throws `version_conflict`
 * when somebody has changed one of them since; with `version`, which a page has shown with who did that, only when
 * somebody has saved after it. Throws `not_found` when the audit log has no such change.
 */
export async function revertSettings(
  context: Context,
  actor: Actor,
  input: RevertSettingsInput,
): Promise<SavedSettings> {
  requirePermission(actor, "settings.change");
  const environment = environmentOf(actor);
  const { requestId, version, note } = RevertSettingsSchema.parse(input);
  requireNote(actor, environment, note);
  const now = context.now();

  return executeWithPrisma(context, actor, async (tx) => {
    const next = await nextSettingsVersion(tx, environment.id);
    const change = await findChange(tx, environment.id, requestId);
    const stored = await readSettings(tx, environment.id);
    const current = settingsFrom(stored);
    const changedSince = change.keys.filter((key) => !isSameSetting(current[key], change.after[key]));
    if (version === undefined ? changedSince.length > 0 : version !== next - 1) {
      const seen = { ...stored, version: next - 1 };
      throw settingsConflict(environment, seen, version === undefined ? changedSince : undefined);
    }
    const audit = await saveChanges(tx, actor, {
      environment,
      stored,
      changes: change.before,
      now,
      action: "settings.reverted",
      note,
      reverted: requestId,
    });
    return {
      result: { version: next, requestId: actor.requestId },
      at: now,
      audit,
      events: [{ type: "settings.changed", environmentId: environment.id }],
    };
  });
}
