import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { isWebhookEventType, type WebhookEventType } from "./schema";

export interface StoredWebhook {
  /** "": nothing is sent. */
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  /** 0: nobody has ever saved one. */
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedByName: string;
}

const NONE: StoredWebhook = { url: "", events: [], version: 0, updatedAt: null, updatedByName: "" };

/** The environment's webhook; without an address where nobody has made one. Unknown stored event types are left out. */
export async function readWebhook(db: Db, environmentId: EnvironmentId): Promise<StoredWebhook> {
  const row = await db.webhook.findUnique({ where: { environmentId } });
  if (row === null) return NONE;
  const { url, version, updatedAt, updatedByName } = row;
  return { url, events: row.events.filter(isWebhookEventType), version, updatedAt, updatedByName };
}
