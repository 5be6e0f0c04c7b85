import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { countConnectionsOf } from "../presence/connection-store";
import { type BannedUsers, banParsed, parseBan } from "./ban-users";
import type { BanUsersInput } from "./schema";

interface BannedConnectedUsers extends BannedUsers {
  /** How many connections those who are banned now had. `awaitOffline` says when they are closed. */
  readonly connections: number;
}

/** `banUsers` for an operator, who is told how many connections that closes. */
export async function banConnectedUsers(
  context: Context,
  actor: Actor,
  input: BanUsersInput,
): Promise<BannedConnectedUsers> {
  const ban = parseBan(context, actor, input);
  const before = await countConnectionsOf(context.db.prisma, environmentOf(actor).id, ban.userIds);
  const outcome = await banParsed(context, actor, ban);
  const connections = outcome.banned.reduce((sum, userId) => sum + (before.get(userId) ?? 0), 0);
  return { ...outcome, connections };
}
