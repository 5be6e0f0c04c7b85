import type { EnvironmentEntry } from "../apps/environment-directory";
import type { Context } from "../context";
import { findUser, type StoredUser } from "../users/user-store";
import { type AccessTokenClaims, parseAccessToken } from "./access-token";

/** Why a token is refused. `unknown_user`: never registered here, or deleted since. */
export type TokenRefusal =
  | "malformed"
  | "wrong_environment"
  | "wrong_signature"
  | "expired"
  | "invalidated"
  | "unknown_user"
  | "soft_deleted";

export type TokenVerdict =
  | { readonly valid: true; readonly claims: AccessTokenClaims; readonly user: StoredUser }
  | { readonly valid: false; readonly reason: TokenRefusal };

/** Registration and token may come from processes whose clocks differ a little. */
const CLOCK_SKEW_MS = 60_000;

const refused = (reason: TokenRefusal): TokenVerdict => ({ valid: false, reason });

/** What a token says by itself: signed for this environment and not expired. Asks no database. */
export function readAccessToken(
  environment: EnvironmentEntry,
  token: string,
  now: number,
): { readonly claims: AccessTokenClaims } | { readonly reason: TokenRefusal } {
  const parsed = parseAccessToken(token);
  if (parsed === null) return { reason: "malformed" };
  const { claims } = parsed;
  if (claims.environmentId !== environment.ref.id) return { reason: "wrong_environment" };
  if (!parsed.signedBy(environment.tokenKey)) return { reason: "wrong_signature" };
  if (claims.expiresAt !== null && claims.expiresAt <= now) return { reason: "expired" };
  return { claims };
}

/** What the user's row makes of a token that is good by itself; null: it stands. */
export function tokenRefusalBy(
  user: StoredUser | null,
  claims: Pick<AccessTokenClaims, "issuedAt">,
): TokenRefusal | null {
  // A user registered after the token was issued is another one that took the same id.
  if (user === null || user.createdAt.getTime() > claims.issuedAt + CLOCK_SKEW_MS) return "unknown_user";
  if (user.softDeletedAt !== null) return "soft_deleted";
  if (user.tokensValidFrom !== null && claims.issuedAt < user.tokensValidFrom.getTime()) return "invalidated";
  return null;
}

/**
 * Judges an access token presented to `environment`. What the token itself says is checked without the database; then
 * one indexed row decides. Whether the user is banned is for the caller to read from `user.bannedUntil`.
 */
export async function verifyAccessToken(
  context: Context,
  environment: EnvironmentEntry,
  token: string,
): Promise<TokenVerdict> {
  const read = readAccessToken(environment, token, context.now());
  if ("reason" in read) return refused(read.reason);
  const user = await findUser(context.db, environment.ref.id, read.claims.userId);
  const reason = tokenRefusalBy(user, read.claims);
  return user === null || reason !== null
    ? refused(reason ?? "unknown_user")
    : { valid: true, claims: read.claims, user };
}
