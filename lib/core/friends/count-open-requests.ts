import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { countOpen } from "./friend-lookup-store";
import { REQUEST_LIFETIME_MS, REQUEST_TYPES, type RequestType } from "./schema";

export interface OpenRequests {
  readonly received: CappedCount;
  readonly sent: CappedCount;
}

/** How many friend requests to a user, and how many of the user's own, wait for an answer. An unknown user has none. */
export async function countOpenRequests(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<OpenRequests> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const openAfter = new Date(context.now() - REQUEST_LIFETIME_MS);
  const count = async (type: RequestType) =>
    cappedCount(await countOpen(context.db.prisma, environmentId, input.userId, { type, openAfter }, COUNT_CAP + 1));
  const [received, sent] = await Promise.all([count(REQUEST_TYPES.received), count(REQUEST_TYPES.sent)]);
  return { received, sent };
}
