import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { timeRange } from "../paging/time-range";
import { countOnline } from "../presence/online-store";
import type { UserFilter } from "./list-schema";
import type { UserCondition } from "./user-list-store";

/**
 * Up to so many connections, the users who are online are taken all and sorted; beyond, the list's own order is walked and
 * each user asked about, which then meets enough of them soon.
 */
export const FEW_CONNECTIONS = 10_000;

/** Which users a filter of the list means at this moment. */
export async function userCondition(
  context: Context,
  environmentId: EnvironmentId,
  filter: Pick<UserFilter, "status" | "presence" | "from" | "to">,
): Promise<UserCondition> {
  const { status, presence, from, to } = filter;
  const condition = { status, created: timeRange(from, to), now: context.now() };
  if (presence === "any") return condition;
  if (presence === "offline") return { ...condition, presence };
  const { connections } = await countOnline(context.db.prisma, environmentId, FEW_CONNECTIONS + 1);
  return { ...condition, presence: connections > FEW_CONNECTIONS ? "online" : "few_online" };
}
