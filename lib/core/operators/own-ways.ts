import type { Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { provesAtIssuer } from "../oidc/confirm-with-issuer";
import { findLinkable } from "../oidc/link-with-issuer";
import { findOperator } from "./operator-store";
import { NO_PASSWORD } from "./password";

/** What signs an operator in, before any second factor. */
export interface OwnWays {
  readonly password: boolean;
  /** What the issuer is called that they sign in with; null: none. */
  readonly issuer: string | null;
  /** What the issuer is called whose account they may link, so that it signs them in as well; null: none. */
  readonly linkable: string | null;
}

export async function readOwnWays(context: Context, actor: Operator): Promise<OwnWays> {
  const operator = await findOperator(context.db.prisma, actor.operatorId);
  if (operator === null) throw new AppError("not_signed_in");
  const [issuer, linkable] = await Promise.all([provesAtIssuer(context, operator.id), findLinkable(context, actor)]);
  return { password: operator.passwordHash !== NO_PASSWORD, issuer, linkable };
}
