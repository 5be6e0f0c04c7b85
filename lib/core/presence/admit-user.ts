import type { EnvironmentRef } from "../actor";
import { type EnvironmentEntry, environmentDirectory } from "../apps/environment-directory";
import { isClosed, resolveEnvironment } from "../apps/resolve-environment";
import { contextIn, realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { AppError, type ErrorCode } from "../errors";
import { originsOf } from "../settings/facts";
import { settingsOf } from "../settings/settings-of";
import { type AccessTokenClaims, parseAccessToken } from "../tokens/access-token";
import { readAccessToken, type TokenRefusal, tokenRefusalBy } from "../tokens/token-refusal";
import { findUser, type StoredUser } from "../users/user-store";

export interface Admission {
  readonly environment: EnvironmentRef;
  readonly userId: string;
  /** Unix milliseconds; decides whether a re-registered user is still the same one. */
  readonly tokenIssuedAt: number;
}

interface AdmissionRequest {
  readonly appKey: string;
  readonly token: string;
  /** What a browser says of the page; null for clients that are none. */
  readonly origin: string | null;
}

const REFUSALS: Record<Exclude<TokenRefusal, "wrong_environment">, ErrorCode> = {
  malformed: "token_invalid",
  wrong_signature: "token_invalid",
  unknown_user: "token_invalid",
  expired: "token_expired",
  clock_ended: "token_expired",
  invalidated: "token_expired",
  soft_deleted: "user_soft_deleted",
};

const CLOCK_ENDED =
  "The access token was issued while the environment’s test clock was ahead, and the environment is back to real time. Register the user again.";

/**
 * Decides whether a client may connect, in this order: App Key, closed app, origin, token, then the user's row (deleted,
 * invalidated, banned). Throws the refusal (docs/client-api.md).
 *
 * `register` is called when the token has proved whose connection it is and before the row is read: whoever registers
 * the connection there hears of every ban that the row did not show yet, so none can slip between check and connection.
 */
export async function admitUser(
  context: Context,
  request: AdmissionRequest,
  register: (who: Admission) => void,
): Promise<{ admission: Admission; user: StoredUser }> {
  const directory = environmentDirectory(context);
  const entry = await openEntry(context, request.appKey);
  await checkOrigin(context, entry, request.origin);
  const { claims } = await readClaims(context, entry, request.token);
  const admission = { environment: entry.ref, userId: claims.userId, tokenIssuedAt: claims.issuedAt };
  register(admission);

  const user = await findUser(context.db, entry.ref.id, claims.userId);
  refuseByRow(user, claims, contextIn(context, entry.ref).now());
  // What was known of the environment may have been changed before the registration could hear of it.
  if ((await directory.find(request.appKey)) !== entry) {
    await readClaims(context, await openEntry(context, request.appKey), request.token);
  }
  return { admission, user };
}

async function openEntry(context: Context, appKey: string): Promise<EnvironmentEntry> {
  const entry = await environmentDirectory(context).find(appKey);
  if (entry === null) throw new AppError("app_key_unknown", { message: "The App Key is unknown." });
  if (isClosed(entry.ref)) throw new AppError("app_closed", { message: "Production is closed on the free plan." });
  return entry;
}

async function checkOrigin(context: Context, entry: EnvironmentEntry, origin: string | null): Promise<void> {
  if (origin === null) return;
  const { allowedOrigins } = await settingsOf(context, entry.ref.id);
  if (allowedOrigins === "" || originsOf(allowedOrigins).includes(origin.toLowerCase())) return;
  throw new AppError("origin_refused");
}

async function readClaims(
  context: Context,
  entry: EnvironmentEntry,
  token: string,
): Promise<{ claims: AccessTokenClaims }> {
  const read = readAccessToken(entry, token, realNow(context));
  if ("claims" in read) return read;
  if (read.reason === "clock_ended") throw new AppError("token_expired", { message: CLOCK_ENDED });
  if (read.reason !== "wrong_environment") throw new AppError(REFUSALS[read.reason]);
  throw new AppError((await isOfSibling(context, entry, token)) ? "token_of_other_environment" : "token_invalid");
}

/** Whether the token is a good one of the app's other environment; a stranger's guess is told nothing. */
async function isOfSibling(context: Context, entry: EnvironmentEntry, token: string): Promise<boolean> {
  const other = entry.ref.name === "development" ? "production" : "development";
  const sibling = await resolveEnvironment(context, entry.ref.appId, other);
  const siblingEntry = sibling === null ? null : await environmentDirectory(context).find(sibling.appKey);
  return siblingEntry !== null && parseAccessToken(token)?.signedBy(siblingEntry.tokenKey) === true;
}

function refuseByRow(user: StoredUser | null, claims: AccessTokenClaims, now: number): asserts user is StoredUser {
  const reason = tokenRefusalBy(user, claims);
  if (reason !== null) throw new AppError(reason === "wrong_environment" ? "token_invalid" : REFUSALS[reason]);
  const until = user?.bannedUntil;
  if (until !== null && until !== undefined && until.getTime() > now) {
    throw new AppError("user_banned", { message: `The user is banned until ${until.toISOString()}.` });
  }
}
