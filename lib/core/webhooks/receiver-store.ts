import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { PAUSE_AFTER_TIMEOUTS, RECEIVER_PAUSE_MS } from "./retry-rules";

/** The receiver of an environment's events: where it is, and how it does. */

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

export interface ReceiverState {
  /** Tries in a row that had no answer in time. */
  readonly timeouts: number;
  readonly pausedUntil: Date | null;
}

/** Counts a time-out; from the fifth in a row on the receiver is left in peace for a minute. */
export async function countTimeout(db: Db, environmentId: EnvironmentId, now: number): Promise<ReceiverState> {
  const counted = await db.webhookRun.upsert({
    where: { environmentId },
    create: { environmentId, timeouts: 1 },
    update: { timeouts: { increment: 1 } },
  });
  if (counted.timeouts < PAUSE_AFTER_TIMEOUTS) return counted;
  return db.webhookRun.update({
    where: { environmentId },
    data: { pausedUntil: new Date(now + RECEIVER_PAUSE_MS) },
  });
}

/** The receiver answers again, or is another one now. */
export async function clearTimeouts(db: Db, environmentId: EnvironmentId): Promise<void> {
  await db.webhookRun.updateMany({ where: { environmentId }, data: { timeouts: 0, pausedUntil: null } });
}

export async function readReceiverState(db: Db, environmentId: EnvironmentId): Promise<ReceiverState> {
  const row = await db.webhookRun.findUnique({ where: { environmentId } });
  return { timeouts: row?.timeouts ?? 0, pausedUntil: row?.pausedUntil ?? null };
}
