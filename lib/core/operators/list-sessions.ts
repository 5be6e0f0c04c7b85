import type { Operator } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";
import { findOpenSessions } from "./session-store";
import { findSignInRules } from "./sign-in-rules-store";

export interface OperatorSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string;
  readonly userAgent: string;
  /** The session that asks. */
  readonly current: boolean;
}

async function openSessions(context: Context, actor: Operator, operatorId: string): Promise<OperatorSession[]> {
  const now = context.now();
  const { idleHours } = await findSignInRules(context.db.prisma);
  const seenSince = new Date(now - idleHours * 3_600_000);
  const sessions = await findOpenSessions(context.db.prisma, operatorId, new Date(now), seenSince);
  return sessions.map((session) => ({ ...session, current: session.id === actor.sessionId }));
}

/** The operator's own open sessions, latest activity first. `endSession` ends one of them. */
export function listOwnSessions(context: Context, actor: Operator): Promise<OperatorSession[]> {
  return openSessions(context, actor, actor.operatorId);
}

/** The open sessions of any operator, for those who manage operators. */
export async function listSessionsOf(
  context: Context,
  actor: Operator,
  input: OperatorIdInput,
): Promise<OperatorSession[]> {
  requirePermission(actor, "operators.read_sessions");
  return openSessions(context, actor, OperatorIdSchema.parse(input).operatorId);
}
