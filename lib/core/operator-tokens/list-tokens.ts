import type { Operator, System } from "../actor";
import type { Context } from "../context";
import { type OperatorIdInput, OperatorIdSchema } from "../operators/schema";
import { requirePermission } from "../permissions";
import type { OperatorTokenRow } from "./schema";
import { findTokensOf, findWorkingTokens, type TokenHolder } from "./token-store";

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
  requirePermission(actor, "operators.read_sessions");
  const { operatorId } = OperatorIdSchema.parse(input);
  return findTokensOf(context.db.prisma, operatorId, new Date(context.now()));
}

/** Everybody's working tokens, the newest first: for whoever runs the installation. */
export function listAllTokens(
  context: Context,
  actor: System,
): Promise<Array<OperatorTokenRow & { readonly operator: TokenHolder }>> {
  requirePermission(actor, "operators.manage");
  return findWorkingTokens(context.db.prisma, new Date(context.now()));
}
