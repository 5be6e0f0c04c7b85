import type { EnvironmentEntry } from "@/lib/core/apps/environment-directory";
import { isClosed } from "@/lib/core/apps/resolve-environment";
import { AppError } from "@/lib/core/errors";
import type { ApiCall } from "./call";
import { isSignature, sign } from "./signature";

/** The headers that sign a request (contract section 1.1). */
export interface Credentials {
  readonly appKey: string;
  readonly nonce: string;
  /** The header's text, which is what was signed. */
  readonly timestamp: string;
  readonly signature: string;
}

const NONCE_MAX = 18;

/** Some hosting platforms strip the plain names, so each has an alternate; the plain one wins. */
function read(call: ApiCall, name: string): string {
  const value = call.header(name.toLowerCase()) ?? call.header(`rc-${name.toLowerCase()}`);
  if (value === null || value === "") {
    throw new AppError("signature_invalid", { message: `The header ${name} is missing.` });
  }
  return value;
}

export function readCredentials(call: ApiCall): Credentials {
  const appKey = read(call, "App-Key");
  const nonce = read(call, "Nonce");
  const timestamp = read(call, "Timestamp");
  const signature = read(call, "Signature");
  if (nonce.length > NONCE_MAX || !/^[\x21-\x7e]+$/.test(nonce)) {
    throw new AppError("signature_invalid", { message: `Nonce must have from 1 to ${NONCE_MAX} characters.` });
  }
  return { appKey, nonce, timestamp, signature };
}

/**
 * Checks who signed, in the order of contract section 1.2: `entry` is the environment of the credentials' App Key, null where
 * there is none; `now` is in Unix milliseconds; with `toleranceMs` 0 the timestamp may be any; `onWrong` is told of a wrong signature.
 * Throws `app_key_unknown`, `app_closed` and `signature_invalid`.
 */
export function authenticate(
  entry: EnvironmentEntry | null,
  credentials: Credentials,
  now: number,
  toleranceMs: number,
  onWrong: (entry: EnvironmentEntry) => void = () => {},
): EnvironmentEntry {
  if (entry === null) throw new AppError("app_key_unknown");
  if (isClosed(entry.ref)) {
    throw new AppError("app_closed", { message: "Production is closed on the free plan." });
  }
  checkTimestamp(credentials.timestamp, now, toleranceMs);
  const expected = sign(entry.appSecret, credentials.nonce, credentials.timestamp);
  if (!isSignature(credentials.signature, expected)) {
    onWrong(entry);
    throw new AppError("signature_invalid");
  }
  return entry;
}

function checkTimestamp(timestamp: string, now: number, toleranceMs: number): void {
  // No leading zero: Nonce and Timestamp are signed without a separator, so a zero could be moved from the end of the
  // nonce to the front of the timestamp, and a captured request would pass as a new one.
  if (!/^[1-9]\d{0,15}$/.test(timestamp)) {
    throw new AppError("signature_invalid", { message: "Timestamp must be a Unix time in milliseconds." });
  }
  if (toleranceMs > 0 && Math.abs(Number(timestamp) - now) > toleranceMs) {
    throw new AppError("signature_invalid", {
      message: `Timestamp is more than ${toleranceMs / 1000} seconds away from the server's clock.`,
    });
  }
}
