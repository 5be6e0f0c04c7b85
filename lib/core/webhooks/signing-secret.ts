import { createHmac } from "node:crypto";
import type { SecretBox } from "../secrets";
import type { StoredSigning } from "./webhook-store";

/**
 * What proves to a receiver that a delivery comes from here and is as it was sent: the headers of Standard Webhooks, with an HMAC of
 * id, time and body under a secret that is the webhook's own and can be rotated (docs/decisions/0091).
 */

const PREFIX = "whsec_";

/**
 * The secret of that number. It follows from the master key, so every process has it and none is stored. One that receivers have stays
 * what it is when the master key is rotated; the next number follows from the new key.
 */
export function signingSecret(secrets: SecretBox, appKey: string, secretNumber: number): string {
  // The earliest key that had got as far as this number.
  const earlier = secrets.retired.findLast(({ webhookSecrets }) => (webhookSecrets[appKey] ?? 0) >= secretNumber);
  const derived = (earlier ?? secrets).derive(`webhook-secret:${appKey}:${secretNumber}`);
  const key = Buffer.from(derived, "base64url");
  return `${PREFIX}${key.toString("base64")}`;
}

/** Those that sign at `now`, Unix milliseconds of real time, the current one first. */
export function secretsInForce(
  secrets: SecretBox,
  appKey: string,
  { secretNumber, previousSecretUntil }: Pick<StoredSigning, "secretNumber" | "previousSecretUntil">,
  now: number,
): readonly string[] {
  const overlaps = previousSecretUntil !== null && previousSecretUntil.getTime() > now;
  return (overlaps ? [secretNumber, secretNumber - 1] : [secretNumber]).map((number) =>
    signingSecret(secrets, appKey, number),
  );
}

interface Signed {
  readonly id: string;
  /** Unix milliseconds. */
  readonly now: number;
  /** As it is sent, byte for byte. */
  readonly body: string;
}

export function signatureHeaders(secrets: readonly string[], { id, now, body }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
