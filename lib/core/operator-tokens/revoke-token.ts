import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findOperator } from "../operators/operator-store";
import { requirePermission } from "../permissions";
import { type TokenKeyInput, TokenKeySchema } from "./schema";
import { revokeToken as endToken } from "./token-store";

/**
 * Ends a token: one’s own, or another operator’s for those who manage operators. It acts on the token’s next request. Throws
 * `not_found` when none of that id works.
 */
export async function revokeToken(context: Context, actor: Operator, input: TokenKeyInput): Promise<void> {
  const { operatorId, tokenId } = TokenKeySchema.parse(input);
  if (operatorId !== actor.operatorId) requirePermission(actor, "operators.manage");
  const now = new Date(context.now());
  await executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperator(tx, operatorId);
    const name = operator === null ? null : await endToken(tx, operatorId, tokenId, now);
    if (operator === null || name === null) {
      throw new AppError("not_found", { message: "This token no longer works." });
    }
    return {
      result: undefined,
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
