import { INSTALLATION, type Operator, type System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findOperator } from "../operators/operator-store";
import { requirePermission } from "../permissions";
import { TokenIdSchema, type TokenKeyInput, TokenKeySchema } from "./schema";
import { revokeToken as endToken, findTokenHolder } from "./token-store";

/**
 * Ends a token: one’s own, or another operator’s for those who manage operators. It acts on the token’s next request. Throws
 * `not_found` when none of that id works.
 */
export async function revokeToken(context: Context, actor: Operator, input: TokenKeyInput): Promise<void> {
  const { operatorId, tokenId } = TokenKeySchema.parse(input);
  if (operatorId !== actor.operatorId) requirePermission(actor, "operators.manage");
  await end(context, actor, operatorId, tokenId);
}

/** The same for whoever runs the installation, who need not know whose token it is. Gives its name and its operator's address. */
export async function revokeAnyToken(
  context: Context,
  actor: System,
  input: { tokenId: string },
): Promise<{ name: string; email: string }> {
  requirePermission(actor, "operators.manage");
  const { tokenId } = TokenIdSchema.parse(input);
  const holder = await findTokenHolder(context.db.prisma, tokenId);
  return end(context, actor, holder ?? "", tokenId);
}

function end(
  context: Context,
  actor: Operator | System,
  operatorId: string,
  tokenId: string,
): Promise<{ name: string; email: string }> {
  const now = new Date(context.now());
  return executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperator(tx, operatorId);
    const name = operator === null ? null : await endToken(tx, operatorId, tokenId, now);
    if (operator === null || name === null) {
      throw new AppError("not_found", { message: "This token no longer works." });
    }
    return {
      result: { name, email: operator.email },
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.token_revoked",
          target: { kind: "operator", id: operatorId, name: operator.email },
          before: { name },
        },
      ],
    };
  });
}
