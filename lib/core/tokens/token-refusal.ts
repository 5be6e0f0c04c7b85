import type { EnvironmentEntry } from "../apps/environment-directory";
import type { StoredUser } from "../users/user-store";
import { type AccessTokenClaims, parseAccessToken } from "./access-token";

/** Why a token is refused. `unknown_user`: never registered here, or deleted since. `clock_ended`: issued by a test clock that is no more. */
export type TokenRefusal =
  | "malformed"
  | "wrong_environment"
  | "wrong_signature"
  | "expired"
  | "clock_ended"
  | "invalidated"
  | "unknown_user"
  | "soft_deleted";

/** Registration and token may come from processes whose clocks differ a little. */
const CLOCK_SKEW_MS = 60_000;

/** What a token says by itself: signed for this environment and not expired. Asks no database. `realNow` in Unix milliseconds. */
export function readAccessToken(
  environment: EnvironmentEntry,
  token: string,
  realNow: number,
): { readonly claims: AccessTokenClaims } | { readonly reason: TokenRefusal } {
  const parsed = parseAccessToken(token);
  if (parsed === null) return { reason: "malformed" };
  const { claims } = parsed;
  if (claims.environmentId !== environment.ref.id) return { reason: "wrong_environment" };
  if (!parsed.signedBy(environment.tokenKey)) return { reason: "wrong_signature" };
  const { clock } = environment.ref;
  // What it says of its time says nothing any more.
  if (claims.clock !== undefined && claims.clock !== clock?.startedAt) return { reason: "clock_ended" };
  const now = realNow + (clock?.aheadMs ?? 0);
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
