import { createHmac, hkdfSync, randomFillSync, timingSafeEqual } from "node:crypto";
import type { EnvironmentId } from "../actor";

/**
 * Access tokens are stateless (docs/decisions): what they say is signed, nothing about them is stored. Layout, before
 * base64url:
 *
 *     1 format · 4 environment · 6 issued at (Unix ms) · 6 expires at (Unix ms, 0 = never) · 6 random · n user id · 32 MAC
 *
 * The random bytes make each token of a user different. With a user id of 64 bytes the text has 159 characters. A token that was
 * issued under a test clock is of format 2: before the user id stand 6 bytes that name the clock, and the text has 167 characters.
 */
const FORMAT = 1;
const CLOCK_FORMAT = 2;
const HEAD_BYTES = 23;
const CLOCK_BYTES = 6;
const MAC_BYTES = 32;
const MAX_LENGTH = 255;

export interface AccessTokenClaims {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  /** Unix milliseconds */
  readonly issuedAt: number;
  /** Unix milliseconds; null: never */
  readonly expiresAt: number | null;
  /** `startedAt` of the test clock by which it was issued; absent: by real time. */
  readonly clock?: number;
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
  const { clock } = claims;
  const head = clock === undefined ? HEAD_BYTES : HEAD_BYTES + CLOCK_BYTES;
  const bytes = Buffer.allocUnsafe(head + userId.length + MAC_BYTES);
  bytes.writeUInt8(clock === undefined ? FORMAT : CLOCK_FORMAT, 0);
  bytes.writeUInt32BE(claims.environmentId, 1);
  bytes.writeUIntBE(claims.issuedAt, 5, 6);
  bytes.writeUIntBE(claims.expiresAt ?? 0, 11, 6);
  copyRandom(bytes, 17, 6);
  if (clock !== undefined) bytes.writeUIntBE(clock, HEAD_BYTES, CLOCK_BYTES);
  userId.copy(bytes, head);
  const end = head + userId.length;
  mac(key, bytes.subarray(0, end)).copy(bytes, end);
  return bytes.toString("base64url");
}

/** What a token says, not yet believed; null when it is no access token at all. */
export function parseAccessToken(
  token: string,
): { claims: AccessTokenClaims; signedBy: (key: Buffer) => boolean } | null {
  if (token.length > MAX_LENGTH || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const format = bytes[0];
  if (format !== FORMAT && format !== CLOCK_FORMAT) return null;
  const head = format === FORMAT ? HEAD_BYTES : HEAD_BYTES + CLOCK_BYTES;
  if (bytes.length <= head + MAC_BYTES) return null;
  // Only the one spelling that we write: spare bits at the end must not make a second valid text.
  if (bytes.toString("base64url") !== token) return null;
  const end = bytes.length - MAC_BYTES;
  const expiresAt = bytes.readUIntBE(11, 6);
  return {
    claims: {
      environmentId: bytes.readUInt32BE(1) as EnvironmentId,
      userId: bytes.toString("utf8", head, end),
      issuedAt: bytes.readUIntBE(5, 6),
      expiresAt: expiresAt === 0 ? null : expiresAt,
      ...(format === FORMAT ? {} : { clock: bytes.readUIntBE(HEAD_BYTES, CLOCK_BYTES) }),
    },
    signedBy: (key) => timingSafeEqual(mac(key, bytes.subarray(0, end)), bytes.subarray(end)),
  };
}
