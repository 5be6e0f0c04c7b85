import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import { realNow } from "../clock/environment-time";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type RotateWebhookSecretInput, RotateWebhookSecretSchema } from "./schema";
import { signingSecret } from "./signing-secret";
import { readSigning, readWebhook, type StoredSigning, writeNextSecret } from "./webhook-store";

const HOUR_MS = 3_600_000;

const targetOf = ({ appKey, appName, name }: EnvironmentRef) =>
  ({ kind: "webhook", id: appKey, name: `${appName} ${name}` }) as const;

export type WebhookSigning = StoredSigning;

/** Which secret signs the environment's deliveries since when, and until when the one before does. */
export async function getWebhookSigning(context: Context, actor: Actor): Promise<WebhookSigning> {
  requirePermission(actor, "webhooks.read");
  const stored = await readSigning(context.db.prisma, environmentOf(actor).id);
  const until = stored.previousSecretUntil;
  return { ...stored, previousSecretUntil: until !== null && until.getTime() > realNow(context) ? until : null };
}

/** The secret that signs the environment's deliveries, in clear. Each look is an audit entry. */
export async function revealWebhookSecret(
  context: Context,
  actor: Actor,
): Promise<{ webhookSecret: string; secretNumber: number }> {
  requirePermission(actor, "keys.reveal");
  const environment = environmentOf(actor);
  return executeWithPrisma(context, actor, async (tx) => {
    const { secretNumber } = await readSigning(tx, environment.id);
    return {
      result: { webhookSecret: signingSecret(context.secrets, environment.appKey, secretNumber), secretNumber },
      audit: [{ action: "webhook.secret_revealed", target: targetOf(environment) }],
    };
  });
}

/**
 * Gives the webhook a new secret, which signs from the next delivery on; the one before signs beside it for `overlapHours`, so that no
 * delivery is refused while receivers change over. A secret that was leaked is rotated with 0. Throws `version_conflict` when
 * someone has rotated it since, and `invalid_parameter` while no webhook is saved.
 */
export async function rotateWebhookSecret(
  context: Context,
  actor: Actor,
  input: RotateWebhookSecretInput,
): Promise<{ webhookSecret: string; secretNumber: number; previousSecretUntil: Date | null }> {
  requirePermission(actor, "keys.refresh");
  const environment = environmentOf(actor);
  const { secretNumber, overlapHours } = RotateWebhookSecretSchema.parse(input);
  const now = realNow(context);
  const previousUntil = overlapHours === 0 ? null : new Date(now + overlapHours * HOUR_MS);
  return executeWithPrisma(context, actor, async (tx) => {
    const { version } = await readWebhook(tx, environment.id);
    if (version === 0) throw new AppError("invalid_parameter", { message: "Save an address first." });
    const change = { rotatedAt: new Date(now), previousUntil };
    if (!(await writeNextSecret(tx, environment.id, secretNumber, change))) {
      throw new AppError("version_conflict", { message: "Someone has rotated the webhook secret meanwhile." });
    }
    const next = secretNumber + 1;
    return {
      result: {
        webhookSecret: signingSecret(context.secrets, environment.appKey, next),
        secretNumber: next,
        previousSecretUntil: previousUntil,
      },
      audit: [{ action: "webhook.secret_rotated", target: targetOf(environment), after: { overlapHours } }],
      events: [{ type: "webhooks.changed", environmentId: environment.id }],
    };
  });
}
