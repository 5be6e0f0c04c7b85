"use server";

import { type ActionScope, defineAction, defineInstallationAction, type Seeing } from "@/lib/console/action";
import { type CheckLogInput, checkLog as checkLogCase } from "@/lib/core/audit/check-log";
import { changeStream as changeStreamCase } from "@/lib/core/audit-stream/change-stream";
import type { ChangeStreamInput } from "@/lib/core/audit-stream/schema";
import { changeRetention as changeRetentionCase } from "@/lib/core/retention/change-retention";
import type { ChangeRetentionInput } from "@/lib/core/retention/schema";

const runCheck = defineAction({ permission: "audit.read", reads: true, run: checkLogCase });

/** Compares a log with its seals, the latest entries first, for as long as a page may wait. */
export async function checkLog(scope: ActionScope, input: CheckLogInput) {
  return runCheck(scope, input);
}

const runRetention = defineInstallationAction({ permission: "audit.change_retention", run: changeRetentionCase });

/** How long audit entries and ended bans of the whole installation are kept. */
export async function changeRetention(input: Seeing<ChangeRetentionInput>) {
  return runRetention(input);
}

const runStream = defineInstallationAction({ permission: "audit.stream", run: changeStreamCase });

/** Where the audit log of the whole installation is sent. */
export async function changeStream(input: Seeing<ChangeStreamInput>) {
  return runStream(input);
}
