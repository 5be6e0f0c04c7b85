import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

export interface StoredReceiver {
  readonly url: string;
  readonly appKey: string;
  readonly appSecretEncrypted: Uint8Array;
}

/** Where an environment's events go and what they are signed with; null when it has no webhook. */
export async function findReceiver(db: Db, environmentId: EnvironmentId): Promise<StoredReceiver | null> {
  const [webhook, environment] = await Promise.all([
    db.webhook.findUnique({ where: { environmentId }, select: { url: true } }),
    db.environment.findUnique({
      where: { id: environmentId },
      select: { appKey: true, appSecretEncrypted: true },
    }),
  ]);
  if (webhook === null || webhook.url === "" || environment === null) return null;
  return { url: webhook.url, ...environment };
}
