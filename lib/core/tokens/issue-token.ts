import type { EnvironmentRef } from "../actor";
import { entryOf } from "../apps/environment-directory";
import { contextIn } from "../clock/environment-time";
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
  const { tokenKey, ref } = await entryOf(context, environment);
  const { accessTokenValidityHours: hours } = await settingsOf(context, environment.id);
  // The entry's clock, which the bus keeps: a registration may have waited for a lock while its caller's was moved.
  const issuedAt = contextIn(context, ref).now();
  const expiresAt = hours === null ? null : issuedAt + hours * HOUR_MS;
  const accessToken = makeAccessToken(tokenKey, {
    environmentId: environment.id,
    userId,
    issuedAt,
    expiresAt,
    ...(ref.clock === null ? {} : { clock: ref.clock.startedAt }),
  });
  return { accessToken, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
