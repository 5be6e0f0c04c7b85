import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { findAuditEntries } from "../audit/audit-list-store";
import type { AuditAction } from "../audit/schema";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { countSeats } from "../quota/quota-store";
import { readWebhook } from "../webhooks/webhook-store";
import { hasBeenOnline } from "./overview-store";

/** What has been done of the way from an empty environment to one that an app uses. */
export interface FirstSteps {
  /** Somebody has seen the App Secret in the console. */
  readonly secretSeen: boolean;
  /** Somebody is registered; soft-deleted users do not count. */
  readonly userRegistered: boolean;
  readonly clientConnected: boolean;
  /** The webhook has an address and at least one event. */
  readonly webhookSet: boolean;
}

/** Both show the App Secret as it is from then on. */
const SECRET_SEEN: readonly AuditAction[] = ["keys.secret_revealed", "keys.secret_refreshed"];

/** The first steps in an environment, each with what is known of it now: a step whose trace is gone is to do again. */
export async function getFirstSteps(context: Context, actor: Actor): Promise<FirstSteps> {
  for (const permission of ["users.read", "audit.read", "webhooks.read"] as const) requirePermission(actor, permission);
  const { id } = environmentOf(actor);
  const db = context.db.prisma;
  const [seen, seats, clientConnected, webhook] = await Promise.all([
    Promise.all(SECRET_SEEN.map((action) => hasEntry(context, id, action))),
    countSeats(db, id, 1),
    hasBeenOnline(db, id),
    readWebhook(db, id),
  ]);
  return {
    secretSeen: seen.includes(true),
    userRegistered: seats > 0,
    clientConnected,
    webhookSet: webhook.url !== "" && webhook.events.length > 0,
  };
}

async function hasEntry(context: Context, environmentId: EnvironmentId, action: AuditAction): Promise<boolean> {
  const condition = { action, at: { from: null, before: null } };
  return (await findAuditEntries(context.db.prisma, environmentId, condition, null, 1)).length > 0;
}
