import type { EnvironmentRef, Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { actingIn } from "../permissions";
import { sha256 } from "../secrets";
import { TOKEN_PREFIX } from "./schema";
import { findTokenBySecret, type StoredToken, touchToken } from "./token-store";

const TOUCH_EVERY_MS = 60_000;

/** A token that works, with its operator as they are now. */
export type WorkingToken = StoredToken;

/**
 * Whose token this is: a revoked one, another role, a disabled operator act on the very next request. `ip` is shown with the last use.
 * Throws `not_signed_in` with the reason.
 */
export async function checkToken(context: Context, text: string, ip: string): Promise<WorkingToken> {
  const token = text.startsWith(TOKEN_PREFIX) ? await findTokenBySecret(context.db.prisma, sha256(text)) : null;
  const now = context.now();
  if (token === null) throw refused("There is no such token. Create one in the console under Account.");
  const name = `The token ${token.name}`;
  if (token.revokedAt !== null) throw refused(`${name} was revoked.`);
  if (token.expiresAt.getTime() <= now) throw refused(`${name} expired at ${token.expiresAt.toISOString()}.`);
  if (token.operator.disabledAt !== null) throw refused(`${name} belongs to an operator who is disabled.`);
  if (token.lastUsedAt === null || token.lastUsedAt.getTime() + TOUCH_EVERY_MS <= now) {
    const before = new Date(now - TOUCH_EVERY_MS + 1);
    await touchToken(context.db.prisma, token.id, { at: new Date(now), ip, before });
  }
  return token;
}

const refused = (message: string) => new AppError("not_signed_in", { message });

/** The operator of a token as the actor of a use case. */
export function tokenActor(
  { id, name, scopes, operator }: WorkingToken,
  call: { requestId: string; ip: string; environment: EnvironmentRef | null },
): Operator {
  const { environment } = call;
  const actor: Operator = {
    kind: "operator",
    source: "console_api",
    ...call,
    operatorId: operator.id,
    name: operator.name,
    email: operator.email,
    role: operator.role,
    holds: { everywhere: operator.role, grants: operator.grants },
    token: { id, name, scopes },
  };
  return actingIn(actor, environment);
}
