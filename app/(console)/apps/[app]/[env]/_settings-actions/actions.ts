"use server";

import { type ActionScope, defineAction, type Seeing } from "@/lib/console/action";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import type { ChangeUserLimitInput } from "@/lib/core/quota/schema";
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

const changeLimit = defineAction({
  permission: "quota.change",
  run: (context, actor, input: Seeing<ChangeUserLimitInput>) => changeUserLimit(context, actor, input),
});

/** Sets how many users Development may have; refused with `version_conflict` when the limit is not as seen. */
export async function changeUserLimitAction(scope: ActionScope, input: Seeing<ChangeUserLimitInput>) {
  return changeLimit(scope, input);
}
