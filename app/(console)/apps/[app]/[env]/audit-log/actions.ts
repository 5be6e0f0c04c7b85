"use server";

import { type ActionScope, defineAction } from "@/lib/console/action";
import { type CheckLogInput, checkLog as checkLogCase } from "@/lib/core/audit/check-log";

const runCheck = defineAction({ permission: "audit.read", run: checkLogCase });

/** Compares a log with its seals, the latest entries first, for as long as a page may wait. */
export async function checkLog(scope: ActionScope, input: CheckLogInput) {
  return runCheck(scope, input);
}
