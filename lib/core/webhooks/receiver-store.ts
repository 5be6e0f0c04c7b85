import type { Db } from "@/lib/db/database";
import type { EnvironmentClock, EnvironmentId } from "../actor";
import { clockOf } from "../apps/environment-store";
import type { StoredSigning } from "./webhook-store";

export interface StoredReceiver extends Pick<StoredSigning, "secretNumber" | "previousSecretUntil"> {
  readonly url: string;
  readonly appKey: string;
  readonly appSecretEncrypted: Uint8Array;
  readonly clock: EnvironmentClock | null;
}

/** Where an environment's events go and what they are signed with; null when it has no webhook. */
export async function findReceiver(db: Db, environmentId: EnvironmentId): Promise<StoredReceiver | null> {
  const [webhook, environment] = await Promise.all([
    db.webhook.findUnique({
      where: { environmentId },
      select: { url: true, secretNumber: true, previousSecretUntil: true },
    }),
    db.environment.findUnique({
      where: { id: environmentId },
      select: { appKey: true, appSecretEncrypted: true, clockAheadMs: true, clockStartedAt: true },
    }),
  ]);
  if (webhook === null || webhook.url === "" || environment === null) return null;
  const { appKey, appSecretEncrypted } = environment;
  return { ...webhook, appKey, appSecretEncrypted, clock: clockOf(environment) };
}
