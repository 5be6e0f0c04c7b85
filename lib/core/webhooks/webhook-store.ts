import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { WebhookEventType } from "./facts";
import { isWebhookEventType } from "./schema";

export interface StoredWebhook {
  /** "": nothing is sent. */
  readonly url: string;
  readonly events: readonly WebhookEventType[];
  /** 0: nobody has ever saved one. */
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedByName: string;
}

/** What of a webhook its signatures depend on. */
export interface StoredSigning {
  /** Which of its secrets signs: 1 for the first one. */
  readonly secretNumber: number;
  /** null: it is the first one. */
  readonly secretRotatedAt: Date | null;
  /** Until when the secret before signs as well, in real time; null: it does not. */
  readonly previousSecretUntil: Date | null;
}

const FIRST: StoredSigning = { secretNumber: 1, secretRotatedAt: null, previousSecretUntil: null };
const SIGNING = { secretNumber: true, secretRotatedAt: true, previousSecretUntil: true } as const;

export async function readSigning(db: Db, environmentId: EnvironmentId): Promise<StoredSigning> {
  return (await db.webhook.findUnique({ where: { environmentId }, select: SIGNING })) ?? FIRST;
}

/** Goes over to the next secret if `from` signs still. False when it does not, or nobody has saved a webhook. */
export async function writeNextSecret(
  db: Db,
  environmentId: EnvironmentId,
  from: number,
  { rotatedAt, previousUntil }: { readonly rotatedAt: Date; readonly previousUntil: Date | null },
): Promise<boolean> {
  const { count } = await db.webhook.updateMany({
    where: { environmentId, secretNumber: from },
    data: { secretNumber: from + 1, secretRotatedAt: rotatedAt, previousSecretUntil: previousUntil },
  });
  return count === 1;
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
  const { version, ...rest } = webhook;
  const data = { ...rest, events: [...rest.events] };
  // createMany alone leaves a row alone that somebody else has made meanwhile.
  const { count } =
    version === 0
      ? await db.webhook.createMany({ data: { environmentId, ...data }, skipDuplicates: true })
      : await db.webhook.updateMany({
          where: { environmentId, version },
          data: { ...data, version: { increment: 1 } },
        });
  return count === 1 ? version + 1 : null;
}
