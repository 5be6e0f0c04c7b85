import type { EnvironmentRef } from "../actor";
import { entryOf } from "../apps/environment-directory";
import type { Context } from "../context";
import { makeAccessToken } from "./access-token";
import { accessTokenValidityMs } from "./token-validity";

export interface IssuedToken {
  readonly accessToken: string;
  /** null: never */
  readonly expiresAt: Date | null;
}

/**
 * A new access token for a registered user, whom the caller has checked. Expiry counts from now by the setting as it is
 * now; earlier tokens stay as they are (contract section 5.1).
 */
export async function issueToken(context: Context, environment: EnvironmentRef, userId: string): Promise<IssuedToken> {
  const { tokenKey } = await entryOf(context, environment);
  const validityMs = await accessTokenValidityMs(context, environment.id);
  const issuedAt = context.now();
  const expiresAt = validityMs === null ? null : issuedAt + validityMs;
  const accessToken = makeAccessToken(tokenKey, { environmentId: environment.id, userId, issuedAt, expiresAt });
  return { accessToken, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
