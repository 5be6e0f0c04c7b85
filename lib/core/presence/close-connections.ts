import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { UserIdSchema } from "../users/schema";
import { findUser } from "../users/user-store";
import { type ClosedConnections, waitUntilClosed } from "./confirm-closed";
import { countRemaining, findConnectionIds } from "./connection-store";

export const CloseConnectionsSchema = z.object({
  userId: UserIdSchema,
  /** One of the user's connections; null: all of them. */
  connectionId: z.uuid("Must be the id of a connection.").nullable(),
});
export type CloseConnectionsInput = z.input<typeof CloseConnectionsSchema>;

/**
 * Closes one connection of a user, or all, whatever process holds them: the client is told 31010 and should not come back
 * by itself, though its token stays good. Says how many there were and how many are gone. Throws `user_not_found`, and
 * `not_found` when the named connection has ended already.
 */
export async function closeConnections(
  context: Context,
  actor: Actor,
  input: CloseConnectionsInput,
): Promise<ClosedConnections> {
  requirePermission(actor, "connections.close");
  const environment = environmentOf(actor);
  const { userId, connectionId } = CloseConnectionsSchema.parse(input);
  const user = await findUser(context.db, environment.id, userId);
  if (user === null) throw new AppError("user_not_found");
  const all = await findConnectionIds(context.db.prisma, environment.id, [userId]);
  const named = connectionId === null ? all : all.filter(({ id }) => id === connectionId);
  if (connectionId !== null && named.length === 0) {
    throw new AppError("not_found", { message: "This connection has ended already." });
  }
  if (named.length === 0) return { found: 0, closed: 0 };
  const target = { kind: "user", id: userId, name: user.name } as const;
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "user.connections_closed", target, after: { connections: named.length } }],
    events: [
      {
        type: "connections.close",
        environmentId: environment.id,
        userIds: [userId],
        connectionIds: connectionId === null ? null : [connectionId],
      },
    ],
  }));
  const open = await waitUntilClosed(() => countRemaining(context.db.prisma, environment.id, named));
  return { found: named.length, closed: named.length - open };
}
