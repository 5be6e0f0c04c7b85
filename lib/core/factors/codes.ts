import { createHmac, randomBytes } from "node:crypto";
import { verifySync } from "otplib";
import type { SecretBox } from "../secrets";
import { RECOVERY_CODES } from "./schema";

/** Seconds that a phone's clock may be ahead, or that it and whoever types may be behind: so a code counts for 50 seconds and not for 30. */
const TOLERANCE = 10;

/** Without letters and digits that are taken for each other. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * The step of a code of six digits, when it is one of the secret's now and of a step after `lastStep`; null otherwise. `now` in
 * Unix milliseconds.
 */
export function stepOfCode(secret: string, code: string, now: number, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(now / 1_000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE });
  return result.valid && "timeStep" in result && result.timeStep > lastStep ? result.timeStep : null;
}

/** Ten codes of six groups like `k7qm`: 118 bits each, so that a fast hash of them cannot be searched for either. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => (randomLetters(24).match(/.{4}/g) ?? []).join("-"));
}

/** Unbiased: bytes over 247 are thrown away. */
function randomLetters(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}

/** How a recovery code is stored: without the master key it cannot be searched for. Case, blanks and hyphens do not matter. */
export function hashRecoveryCode(secrets: Pick<SecretBox, "derive">, code: string): string {
  const letters = code.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return createHmac("sha256", secrets.derive("recovery codes")).update(letters).digest("hex");
}

/** How it may be stored: under the master key of now, or the one of when it was made. */
export const hashesOfRecoveryCode = (secrets: SecretBox, code: string): string[] =>
  [secrets, ...secrets.retired].map((key) => hashRecoveryCode(key, code));
