import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { UserKeySchema } from "../users/list-schema";
import { type ConnectionRow, findConnectionsOf } from "./connection-store";

/** Connections of one user that are listed. */
const LISTED_MAX = 100;

export interface ConnectionList {
  /** Newest first; at most 100. */
  readonly connections: readonly ConnectionRow[];
  readonly capped: boolean;
}

/** A user's live connections, as of now. */
export async function listConnections(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<ConnectionList> {
  requirePermission(actor, "users.read");
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return { connections: [], capped: false };
  const rows = await findConnectionsOf(context.db.prisma, environmentOf(actor).id, parsed.data.userId, LISTED_MAX + 1);
  // They are told apart by real time, and shown by the environment's, which goes as fast.
  const connections = rows
    .slice(0, LISTED_MAX)
    .map((row) => ({ ...row, connectedAt: new Date(row.connectedAt.getTime() + (context.aheadMs ?? 0)) }));
  return { connections, capped: rows.length > LISTED_MAX };
}
