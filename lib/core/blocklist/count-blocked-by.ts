import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { countBlockers } from "./block-lookup-store";

/** How many users block this one. An unknown user is blocked by nobody. */
export async function countBlockedBy(context: Context, actor: Actor, input: { userId: string }): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  return cappedCount(await countBlockers(context.db.prisma, environmentOf(actor).id, input.userId, COUNT_CAP + 1));
}
