import { createHmac, hkdfSync, randomFillSync, timingSafeEqual } from "node:crypto";
import type { EnvironmentId } from "../actor";

/**
 * Access tokens are stateless (docs/decisions): what they say is signed, nothing about them is stored. Layout, before
 * base64url:
 *
 *     1 format · 4 environment · 6 issued at (Unix ms) · 6 expires at (Unix ms, 0 = never) · 6 random · n user id · 32 MAC
 *
 * The random bytes make each token of a user different. With a user id of 64 bytes the text has 159 characters.
 */
const FORMAT = 1;
const HEAD_BYTES = 23;
const MAC_BYTES = 32;
const MAX_LENGTH = 255;

export interface AccessTokenClaims {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  /** Unix milliseconds */
  readonly issuedAt: number;
  /** Unix milliseconds; null: never */
  readonly expiresAt: number | null;
}

/** The key that signs an environment's tokens. A refreshed App Secret gives another key, which ends all old tokens. */
export function accessTokenKey(appSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", appSecret, "", "access-token", 32));
}

const mac = (key: Buffer, bytes: Uint8Array) => createHmac("sha256", key).update(bytes).digest();

const random = Buffer.allocUnsafe(3_072);
let randomUsed = random.length;

/** Copies random bytes, each used once; they are fetched many at a time, since fetching costs more than an HMAC. */
function copyRandom(target: Buffer, at: number, length: number): void {
  if (randomUsed + length > random.length) {
    randomFillSync(random);
    randomUsed = 0;
  }
  random.copy(target, at, randomUsed, randomUsed + length);
  randomUsed += length;
}

/** Text of letters, digits, `-` and `_`, shorter than 256 bytes. */
export function makeAccessToken(key: Buffer, claims: AccessTokenClaims): string {
  const userId = Buffer.from(claims.userId);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + userId.length + MAC_BYTES);
  bytes.writeUInt8(FORMAT, 0);
  bytes.writeUInt32BE(claims.environmentId, 1);
  bytes.writeUIntBE(claims.issuedAt, 5, 6);
  bytes.writeUIntBE(claims.expiresAt ?? 0, 11, 6);
  copyRandom(bytes, 17, 6);
  userId.copy(bytes, HEAD_BYTES);
  const end = HEAD_BYTES + userId.length;
  mac(key, bytes.subarray(0, end)).copy(bytes, end);
  return bytes.toString("base64url");
}

/** What a token says, not yet believed; null when it is no access token at all. */
export function parseAccessToken(
  token: string,
): { claims: AccessTokenClaims; signedBy: (key: Buffer) => boolean } | null {
  if (token.length > MAX_LENGTH || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length <= HEAD_BYTES + MAC_BYTES || bytes.readUInt8(0) !== FORMAT) return null;
  // Only the one spelling that we write: spare bits at the end must not make a second valid text.
  if (bytes.toString("base64url") !== token) return null;
  const end = bytes.length - MAC_BYTES;
  const expiresAt = bytes.readUIntBE(11, 6);
  return {
    claims: {
      environmentId: bytes.readUInt32BE(1) as EnvironmentId,
      userId: bytes.toString("utf8", HEAD_BYTES, end),
      issuedAt: bytes.readUIntBE(5, 6),
      expiresAt: expiresAt === 0 ? null : expiresAt,
    },
    signedBy: (key) => timingSafeEqual(mac(key, bytes.subarray(0, end)), bytes.subarray(end)),
  };
}
