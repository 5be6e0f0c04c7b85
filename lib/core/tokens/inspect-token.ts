import { z } from "zod";
import { onPool } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { entryOf } from "../apps/environment-directory";
import { resolveEnvironment } from "../apps/resolve-environment";
import { realNow } from "../clock/environment-time";
import { execute } from "../command/execute";
import { findLastChanges } from "../command/seen-store";
import type { Context } from "../context";
import { limitedText } from "../input/text";
import { requirePermission } from "../permissions";
import { findUser, type StoredUser } from "../users/user-store";
import { type AccessTokenClaims, parseAccessToken } from "./access-token";
import { readAccessToken, type TokenRefusal, tokenRefusalBy } from "./token-refusal";

/** Longer than any access token, so that something else that was pasted is told apart and not cut. */
export const InspectTokenSchema = z.object({ token: limitedText({ characters: 4_096 }, { empty: false }) });
export type InspectTokenInput = z.input<typeof InspectTokenSchema>;

/** `banned`: the token is good and the user may not connect. `other_environment`: of the app's other half. */
export type TokenVerdict =
  | "accepted"
  | "banned"
  | "other_environment"
  | Exclude<TokenRefusal, "wrong_environment">
  | "foreign";

export interface InspectedToken {
  readonly verdict: TokenVerdict;
  /** What the token says; null where nothing proves it: no token of this app, or a signature that is not its own. */
  readonly claims: {
    readonly userId: string;
    readonly issuedAt: Date;
    /** null: never */
    readonly expiresAt: Date | null;
  } | null;
  /** Tokens of the user issued before this moment are refused; null when none were invalidated, or it is not known. */
  readonly validFrom: Date | null;
  /** Who set that moment; null: nobody did, or it is not known. */
  readonly invalidatedBy: string | null;
  readonly bannedUntil: Date | null;
}

/**
 * Reads an access token that an operator has pasted: whose it is, and whether the user could connect with it now or why not.
 * The token itself is neither stored nor logged; the audit entry names the user whom it proves.
 */
export async function inspectToken(context: Context, actor: Actor, input: InspectTokenInput): Promise<InspectedToken> {
  requirePermission(actor, "tokens.inspect");
  const environment = environmentOf(actor);
  const token = InspectTokenSchema.parse(input).token.trim();
  const inspected = await judge(context, environment, token);
  const { verdict, claims } = inspected;
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [
      {
        action: "token.inspected",
        target:
          claims === null
            ? { kind: "environment", id: environment.name, name: environment.appName }
            : { kind: "user", id: claims.userId, name: claims.userId },
        after: { verdict },
      },
    ],
  }));
  return inspected;
}

const unproved = (verdict: TokenVerdict): InspectedToken => ({
  verdict,
  claims: null,
  validFrom: null,
  invalidatedBy: null,
  bannedUntil: null,
});

async function judge(
  context: Context,
  environment: ReturnType<typeof environmentOf>,
  token: string,
): Promise<InspectedToken> {
  const entry = await entryOf(context, environment);
  const now = context.now();
  const read = readAccessToken(entry, token, realNow(context));
  const parsed = parseAccessToken(token);
  if (parsed === null) return unproved("malformed");
  if ("reason" in read && read.reason === "wrong_environment") {
    const other = environment.name === "development" ? "production" : "development";
    const sibling = await resolveEnvironment(context, environment.appId, other);
    const own = sibling !== null && parsed.signedBy((await entryOf(context, sibling)).tokenKey);
    return own ? { ...unproved("other_environment"), claims: shown(parsed.claims) } : unproved("foreign");
  }
  if ("reason" in read && read.reason === "wrong_signature") return unproved("wrong_signature");
  const user = await findUser(context.db, environment.id, parsed.claims.userId);
  return {
    verdict: verdictOf(user, read, now),
    claims: shown(parsed.claims),
    validFrom: user?.tokensValidFrom ?? null,
    invalidatedBy: user?.tokensValidFrom
      ? await whoInvalidated(context, environment.id, user, user.tokensValidFrom)
      : null,
    bannedUntil: isBanned(user, now) ? (user?.bannedUntil ?? null) : null,
  };
}

/** By the audit log: whose act the moment is that stands. */
async function whoInvalidated(context: Context, environmentId: EnvironmentId, user: StoredUser, validFrom: Date) {
  const target = { kind: "user", id: user.userId } as const;
  const entries = await findLastChanges(onPool(context.db.pool), environmentId, target, ["user.tokens_invalidated"]);
  return entries.find(({ after }) => after?.tokensValidFrom === validFrom.toISOString())?.by ?? null;
}

const shown = ({ userId, issuedAt, expiresAt }: AccessTokenClaims) => ({
  userId,
  issuedAt: new Date(issuedAt),
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
});

const isBanned = (user: StoredUser | null, now: number) =>
  user?.bannedUntil !== null && user?.bannedUntil !== undefined && user.bannedUntil.getTime() > now;

function verdictOf(user: StoredUser | null, read: ReturnType<typeof readAccessToken>, now: number): TokenVerdict {
  const reason = "reason" in read ? read.reason : tokenRefusalBy(user, read.claims);
  if (reason !== null) return reason === "wrong_environment" ? "foreign" : reason;
  return isBanned(user, now) ? "banned" : "accepted";
}
