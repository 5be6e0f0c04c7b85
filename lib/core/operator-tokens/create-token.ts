import { INSTALLATION, type Operator } from "../actor";
import { findApp } from "../apps/app-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret, newId } from "../ids";
import { findOperator, lockOperators } from "../operators/operator-store";
import { isTestOperator, roleMay, TOKEN_SCOPES } from "../permissions";
import { sha256 } from "../secrets";
import { type CreateTokenInput, CreateTokenSchema, TOKEN_PREFIX, TOKENS_MAX } from "./schema";
import { findTokensOf, insertToken } from "./token-store";

export interface CreatedToken {
  readonly id: string;
  readonly name: string;
  /** What the program sends. It is in this answer and nowhere else. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Makes a token by which a program acts as this operator, within its scopes. Throws `invalid_parameter`: for a scope that nothing of
 * the operator's role uses, a name that another of their tokens has, and when they have 50; `not_found` for an app that is not there.
 */
export async function createToken(context: Context, actor: Operator, input: CreateTokenInput): Promise<CreatedToken> {
  if (actor.token !== undefined) throw new AppError("forbidden", { message: "Tokens can’t create tokens." });
  // A token would outlast them.
  if (isTestOperator(actor)) throw new AppError("forbidden", { message: "Test operators can’t create tokens." });
  const { name, scopes, appId, days } = CreateTokenSchema.parse(input);
  const now = context.now();
  const token = `${TOKEN_PREFIX}${linkSecret()}`;
  const id = newId.operatorToken();
  const expiresAt = new Date(now + days * 86_400_000);
  return executeWithPrisma(context, actor, async (tx) => {
    // Two that are made at once do not overlook each other, and the role is the one of now.
    await lockOperators(tx);
    const operator = await findOperator(tx, actor.operatorId);
    if (operator === null || operator.disabledAt !== null) {
      throw new AppError("forbidden", { message: "Your account is disabled." });
    }
    const useless = scopes.find((scope) => !roleMay(operator.role, TOKEN_SCOPES[scope].mainly));
    if (useless !== undefined) {
      throw new AppError("forbidden", {
        field: "scopes",
        message: `Your role can’t use the scope ${useless}.`,
      });
    }
    const app = appId === null ? null : await findApp(tx, appId);
    if (appId !== null && app === null) {
      throw new AppError("not_found", { field: "appId", message: `There is no app with the ID ${appId}.` });
    }
    const others = await findTokensOf(tx, actor.operatorId, new Date(now));
    if (others.some((other) => other.name === name)) {
      throw new AppError("invalid_parameter", { field: "name", message: "You have a token with this name." });
    }
    if (others.length >= TOKENS_MAX) {
      throw new AppError("invalid_parameter", {
        field: "name",
        message: `You have ${TOKENS_MAX} tokens. Revoke one you no longer need.`,
      });
    }
    await insertToken(tx, {
      id,
      operatorId: actor.operatorId,
      name,
      secretHash: sha256(token),
      scopes,
      appId,
      createdAt: new Date(now),
      expiresAt,
    });
    return {
      result: { id, name, token, expiresAt },
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.token_created",
          target: { kind: "operator", id: actor.operatorId, name: operator.email },
          after: { name, scopes, app: app?.name ?? null, expiresAt: expiresAt.toISOString() },
        },
      ],
    };
  });
}
