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
import { PLATFORMS } from "./facts";

const ConnectionIdSchema = z.uuid("Must be the id of a connection.");

export const CloseConnectionsSchema = z.object({
  userId: UserIdSchema,
  /** One of the user's connections; null: all of them, as far as what follows does not narrow it. */
  connectionId: ConnectionIdSchema.nullable(),
  /** All but this one. */
  exceptId: ConnectionIdSchema.optional(),
  /** Those of this kind of device. */
  platform: z.enum(PLATFORMS, { error: `Must be one of ${PLATFORMS.join(", ")}.` }).optional(),
});
export type CloseConnectionsInput = z.input<typeof CloseConnectionsSchema>;

/** Of one event on the bus, whose carriers limit its size. */
const IDS_IN_EVENT = 100;

/**
 * Closes one connection of a user, all, all but one or those of one platform, whatever process holds them: the client is told 31010 and should not come back
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
  const { userId, connectionId, exceptId, platform } = CloseConnectionsSchema.parse(input);
  const user = await findUser(context.db, environment.id, userId);
  if (user === null) throw new AppError("user_not_found");
  const all = await findConnectionIds(context.db.prisma, environment.id, [userId]);
  const named = all.filter(
    (connection) =>
      (connectionId === null || connection.id === connectionId) &&
      connection.id !== exceptId &&
      (platform === undefined || connection.platform === platform),
  );
  const isAll = connectionId === null && exceptId === undefined && platform === undefined;
  if (connectionId !== null && named.length === 0) {
    throw new AppError("not_found", { message: "This connection has ended already." });
  }
  if (named.length === 0) return { found: 0, closed: 0 };
  const target = { kind: "user", id: userId, name: user.name } as const;
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "user.connections_closed", target, after: { connections: named.length } }],
    events: idLists(isAll ? null : named.map(({ id }) => id)).map((connectionIds) => ({
      type: "connections.close",
      environmentId: environment.id,
      userIds: [userId],
      connectionIds,
    })),
  }));
  const open = await waitUntilClosed(() => countRemaining(context.db.prisma, environment.id, named));
  return { found: named.length, closed: named.length - open };
}

/** The ids in lists that fit into an event; null, for all connections, as it is. */
function idLists(ids: readonly string[] | null): Array<readonly string[] | null> {
  if (ids === null) return [null];
  const lists: string[][] = [];
  for (let at = 0; at < ids.length; at += IDS_IN_EVENT) lists.push(ids.slice(at, at + IDS_IN_EVENT));
  return lists;
}
