import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

export interface StoredReceiver {
  readonly url: string;
  readonly appKey: string;
  readonly appSecretEncrypted: Uint8Array;
}

/** Where an environment's events go and what they are signed with; null when it has no webhook. */
export async function findReceiver(db: Db, environmentId: EnvironmentId): Promise<StoredReceiver | null> {
  const rows = await db.$queryRaw<StoredReceiver[]>`
    SELECT w.url, e.app_key AS "appKey", e.app_secret_encrypted AS "appSecretEncrypted"
    FROM webhooks w JOIN environments e ON e.id = w.environment_id
    WHERE w.environment_id = ${environmentId} AND w.url <> ''`;
  return rows[0] ?? null;
}
