import type { Operator } from "../actor";
import type { Context } from "../context";
import { type OperatorIdInput, OperatorIdSchema } from "../operators/schema";
import { requirePermission } from "../permissions";
import type { OperatorTokenRow } from "./schema";
import { findTokensOf } from "./token-store";

/** The operator’s own tokens that work, the newest first. */
export function listOwnTokens(context: Context, actor: Operator): Promise<OperatorTokenRow[]> {
  return findTokensOf(context.db.prisma, actor.operatorId, new Date(context.now()));
}

/** The working tokens of any operator, for those who manage operators. */
export async function listTokensOf(
  context: Context,
  actor: Operator,
  input: OperatorIdInput,
): Promise<OperatorTokenRow[]> {
  requirePermission(actor, "operators.manage");
  const { operatorId } = OperatorIdSchema.parse(input);
  return findTokensOf(context.db.prisma, operatorId, new Date(context.now()));
}
