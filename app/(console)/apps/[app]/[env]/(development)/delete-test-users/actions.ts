"use server";

import { defineAction } from "@/lib/console/action";
import { planDeletion as plan } from "@/lib/core/deletion/plan-deletion";
import { startDeletion as start } from "@/lib/core/deletion/start-deletion";

/** The dry run: who would be deleted and who would not. Changes nothing. */
export const planDeletion = defineAction({
  permission: "users.delete_test",
  run: plan,
});

/** Starts the job that deletes exactly the users of the dry run. */
export const startDeletion = defineAction({
  permission: "users.delete_test",
  run: start,
});
