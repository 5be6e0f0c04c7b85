import type { EnvironmentClock, EnvironmentId } from "../actor";
import { openAppSecret } from "../apps/app-secret";
import type { Context } from "../context";
import { findReceiver } from "./receiver-store";
import { secretsInForce } from "./signing-secret";

/** Where and how an environment's events are sent. Holds its secrets: never log it. */
export interface Receiver {
  readonly url: string;
  readonly appSecret: string;
  /** The webhook secrets that sign at a real time in Unix milliseconds, the current one first. */
  secretsAt(now: number): readonly string[];
  readonly clock: EnvironmentClock | null;
}

/** Null when the environment has no webhook. */
export async function readReceiver(context: Context, environmentId: EnvironmentId): Promise<Receiver | null> {
  const stored = await findReceiver(context.db.prisma, environmentId);
  if (stored === null) return null;
  const { url, clock, appKey } = stored;
  return {
    url,
    clock,
    appSecret: openAppSecret(context.secrets, appKey, stored.appSecretEncrypted),
    secretsAt: (now) => secretsInForce(context.secrets, appKey, stored, now),
  };
}
