import type { EnvironmentRef } from "../actor";
import { entryOf } from "../apps/environment-directory";
import type { Context } from "../context";
import { settingsOf } from "../settings/settings-of";
import { makeAccessToken } from "./access-token";

const HOUR_MS = 3_600_000;

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
  const { accessTokenValidityHours: hours } = await settingsOf(context, environment.id);
  const issuedAt = context.now();
  const expiresAt = hours === null ? null : issuedAt + hours * HOUR_MS;
  const accessToken = makeAccessToken(tokenKey, { environmentId: environment.id, userId, issuedAt, expiresAt });
  return { accessToken, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
