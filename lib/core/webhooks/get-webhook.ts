import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { mayAlso, requirePermission } from "../permissions";
import type { WebhookEventType } from "./facts";
import { readWebhook } from "./webhook-store";

export interface WebhookState {
  /** To be named when a change is saved. */
  readonly version: number;
  /** "": nothing is sent. Of whoever may not change it, without what may be secret in it. */
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
  const shown = mayAlso(actor, "webhooks.change") ? url : withoutSecrets(url);
  return { version, url: shown, events, changed: updatedAt === null ? null : { at: updatedAt, byName: updatedByName } };
}

/** The host of an address, with an ellipsis for a path or query: receivers are often told apart by a secret in those. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url === "" ? "" : "…";
  const { protocol, host, pathname, search } = new URL(url);
  return `${protocol}//${host}${pathname === "/" && search === "" ? "" : "/…"}`;
}
