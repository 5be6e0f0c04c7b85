"use server";

import { type ActionScope, defineAction, defineInstallationAction, type Seeing } from "@/lib/console/action";
import { changePlan as changePlanCase } from "@/lib/core/apps/change-plan";
import { refreshAppSecret as refreshAppSecretCase } from "@/lib/core/apps/refresh-app-secret";
import { revealAppSecret as revealAppSecretCase } from "@/lib/core/apps/reveal-app-secret";
import type { ChangePlanInput } from "@/lib/core/apps/schema";

const runReveal = defineAction({
  permission: "keys.reveal",
  run: (context, actor) => revealAppSecretCase(context, actor),
});

const runRefresh = defineAction({
  permission: "keys.refresh",
  run: (context, actor) => refreshAppSecretCase(context, actor),
});

// Not bound to an environment: it must work from a production that is closed.
const runChangePlan = defineInstallationAction({
  permission: "apps.change_plan",
  run: changePlanCase,
});

/** The App Secret in clear; audited. */
export async function revealAppSecret(scope: ActionScope) {
  return runReveal(scope);
}

/** A new App Secret; every access token issued before is invalid from then on. */
export async function refreshAppSecret(scope: ActionScope) {
  return runRefresh(scope);
}

export async function changePlan(input: Seeing<ChangePlanInput>) {
  return runChangePlan(input);
}
