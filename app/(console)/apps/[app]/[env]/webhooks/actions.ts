"use server";

import { type ActionScope, defineAction } from "@/lib/console/action";
import { changeWebhook } from "@/lib/core/webhooks/change-webhook";
import { pingWebhook } from "@/lib/core/webhooks/ping-webhook";
import { replayDeadDeliveries, replayDelivery as replayOne } from "@/lib/core/webhooks/replay-deliveries";
import type { ChangeWebhookInput, RotateWebhookSecretInput } from "@/lib/core/webhooks/schema";
import { revealWebhookSecret, rotateWebhookSecret } from "@/lib/core/webhooks/webhook-secret";

const permission = "webhooks.change";

const runSave = defineAction({ permission, run: changeWebhook });
const runPing = defineAction({ permission, run: pingWebhook });
const runReplay = defineAction({ permission, run: replayOne });
const runReplayDead = defineAction({
  permission,
  run: (context, actor) => replayDeadDeliveries(context, actor),
});

const runReveal = defineAction({
  permission: "keys.reveal",
  run: (context, actor) => revealWebhookSecret(context, actor),
});
const runRotate = defineAction({ permission: "keys.refresh", run: rotateWebhookSecret });

/** The webhook secret in clear; audited. */
export async function revealSecret(scope: ActionScope) {
  return runReveal(scope);
}

/** A new webhook secret; the one before signs beside it for as long as was chosen. */
export async function rotateSecret(scope: ActionScope, input: RotateWebhookSecretInput) {
  return runRotate(scope, input);
}

/** Saves address and events chosen on a version; refused with `version_conflict` when someone saved since. */
export async function saveWebhook(scope: ActionScope, input: ChangeWebhookInput) {
  return runSave(scope, input);
}

/** Sends a test ping to the saved address and says what came of it. */
export async function sendPing(scope: ActionScope) {
  return runPing(scope);
}

/** Sends a delivered or given up event again. */
export async function replayDelivery(scope: ActionScope, input: { deliveryId: string }) {
  return runReplay(scope, input);
}

/** Sends everything again that was given up. */
export async function replayDead(scope: ActionScope) {
  return runReplayDead(scope);
}
