import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import type { WebhookEventType } from "./schema";
import { readWebhook } from "./webhook-store";

export interface WebhookState {
  /** To be named when a change is saved. */
  readonly version: number;
  /** "": nothing is sent. */
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  /** Who saved it last and when; null where nobody has. */
  readonly changed: { readonly at: Date; readonly byName: string } | null;
}

/** The environment's webhook as it is saved. */
export async function getWebhook(context: Context, actor: Actor): Promise<WebhookState> {
  requirePermission(actor, "webhooks.read");
  const { url, events, version, updatedAt, updatedByName } = await readWebhook(
    context.db.prisma,
    environmentOf(actor).id,
  );
  return { version, url, events, changed: updatedAt === null ? null : { at: updatedAt, byName: updatedByName } };
}
