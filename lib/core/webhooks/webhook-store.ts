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

/**
 * Saves the webhook if it still has the version that the change was made on (0: nobody has saved one). Null when it has
 * not, else the new version.
 */
export async function writeWebhook(
  db: Db,
  environmentId: EnvironmentId,
  webhook: Omit<StoredWebhook, "updatedAt"> & { updatedAt: Date },
): Promise<number | null> {
  const { url, version, updatedAt, updatedByName } = webhook;
  const events = [...webhook.events];
  const rows =
    version === 0
      ? await db.$queryRaw<Array<{ version: number }>>`
          INSERT INTO webhooks (environment_id, url, events, version, updated_at, updated_by_name)
          VALUES (${environmentId}, ${url}, ${events}::text[], 1, ${updatedAt}, ${updatedByName})
          ON CONFLICT (environment_id) DO NOTHING RETURNING version`
      : await db.$queryRaw<Array<{ version: number }>>`
          UPDATE webhooks SET url = ${url}, events = ${events}::text[], version = version + 1, updated_at = ${updatedAt},
            updated_by_name = ${updatedByName}
          WHERE environment_id = ${environmentId} AND version = ${version} RETURNING version`;
  return rows[0]?.version ?? null;
}
