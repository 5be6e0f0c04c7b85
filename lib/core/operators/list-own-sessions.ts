import type { Operator } from "../actor";
import type { Context } from "../context";
import { SESSION_IDLE_HOURS } from "./schema";
import { findOpenSessions } from "./session-store";

export interface OwnSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string;
  readonly userAgent: string;
  /** The session that asks. */
  readonly current: boolean;
}

/** The operator's own open sessions, latest activity first. `signOut` ends one of them. */
export async function listOwnSessions(context: Context, actor: Operator): Promise<OwnSession[]> {
  const now = context.now();
  const seenSince = new Date(now - SESSION_IDLE_HOURS * 3_600_000);
  const sessions = await findOpenSessions(context.db.prisma, actor.operatorId, new Date(now), seenSince);
  return sessions.map((session) => ({ ...session, current: session.id === actor.sessionId }));
}
