"use server";

import { type ActionScope, defineAction } from "@/lib/console/action";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { revertSettings } from "@/lib/core/settings/revert-settings";
import type { ChangeSettingsInput, RevertSettingsInput } from "@/lib/core/settings/schema";

const save = defineAction({ permission: "settings.change", run: changeSettings });

/** Saves changes made on a version; refused with `version_conflict` when someone saved since. */
export async function saveSettings(scope: ActionScope, input: ChangeSettingsInput) {
  return save(scope, input);
}

const revert = defineAction({ permission: "settings.change", run: revertSettings });

/** Puts back what stood before a change; refused with `version_conflict` when someone saved since the plan was shown. */
export async function revertSettingsAction(scope: ActionScope, input: RevertSettingsInput & { version: number }) {
  return revert(scope, input);
}
