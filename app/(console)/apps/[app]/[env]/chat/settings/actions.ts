"use server";

import { type ActionScope, defineAction } from "@/lib/console/action";
import { changeSettings } from "@/lib/core/settings/change-settings";
import type { ChangeSettingsInput } from "@/lib/core/settings/schema";

const run = defineAction({ permission: "settings.change", run: changeSettings });

/** Saves changes made on a version; refused with `version_conflict` when someone saved since. */
export async function saveSettings(scope: ActionScope, input: ChangeSettingsInput) {
  return run(scope, input);
}
