"use server";

import { type ActionScope, defineAction } from "@/lib/console/action";
import { refreshAppSecret as refreshAppSecretCase } from "@/lib/core/apps/refresh-app-secret";
import { revealAppSecret as revealAppSecretCase } from "@/lib/core/apps/reveal-app-secret";
import type { RefreshAppSecretInput } from "@/lib/core/apps/schema";

const runReveal = defineAction({
  permission: "keys.reveal",
  run: (context, actor) => revealAppSecretCase(context, actor),
});

const runRefresh = defineAction({
  permission: "keys.refresh",
  run: refreshAppSecretCase,
});

/** The App Secret in clear; audited. */
export async function revealAppSecret(scope: ActionScope) {
  return runReveal(scope);
}

/** A new App Secret; every access token issued before is invalid from then on. */
export async function refreshAppSecret(scope: ActionScope, input: RefreshAppSecretInput) {
  return runRefresh(scope, input);
}
