"use server";

import { defineAction } from "@/lib/console/action";
import { planDeletion as plan } from "@/lib/core/deletion/plan-deletion";
import { startDeletion as start } from "@/lib/core/deletion/start-deletion";
import { planReset, resetEnvironment } from "@/lib/core/scenarios/reset-environment";

/** The dry run: who would be deleted and who would not. Changes nothing. */
export const planDeletion = defineAction({
  permission: "users.delete_test",
  run: plan,
});

/** The dry run of a reset: what would go. Changes nothing. */
export const planResetAction = defineAction({ permission: "scenarios.reset", run: planReset });

export const resetAction = defineAction({ permission: "scenarios.reset", run: resetEnvironment });

/** Starts the job that deletes exactly the users of the dry run. */
export const startDeletion = defineAction({
  permission: "users.delete_test",
  run: start,
});
