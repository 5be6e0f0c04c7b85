import { hash, timingSafeEqual } from "node:crypto";

/**
 * The signature of a request (contract section 1.2): SHA-1 over App Secret, Nonce and Timestamp as they stand in the
 * headers, as lower-case hexadecimal text. It covers neither path nor body; replay protection makes up for that.
 */
export function sign(appSecret: string, nonce: string, timestamp: string): string {
  return hash("sha1", appSecret + nonce + timestamp, "hex");
}

/** Compares in constant time; upper-case digits are accepted. */
export function isSignature(given: string, expected: string): boolean {
  const left = Buffer.from(given.toLowerCase());
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
