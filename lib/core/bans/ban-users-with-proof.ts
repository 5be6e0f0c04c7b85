import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { type ClosedProof, confirmClosed } from "../presence/confirm-closed";
import { findConnectionIds } from "../presence/connection-store";
import { type BannedUsers, banParsed, parseBan } from "./ban-users";
import type { BanUsersInput } from "./schema";

/** `banUsers` for an operator, who is told how many connections the users had and how many of these are closed now. */
export async function banUsersWithProof(
  context: Context,
  actor: Actor,
  input: BanUsersInput,
): Promise<BannedUsers & { readonly connections: ClosedProof }> {
  const ban = parseBan(actor, input);
  const { id } = environmentOf(actor);
  const before = await findConnectionIds(context.db.prisma, id, ban.userIds);
  const outcome = await banParsed(context, actor, ban);
  const banned = new Set(outcome.banned);
  const cut = before.filter(({ userId }) => banned.has(userId));
  return { ...outcome, connections: await confirmClosed(context, id, cut) };
}
