import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { timeRange } from "../paging/time-range";
import type { UserFilter } from "./list-schema";
import { findFewSource, type SeenRange, type UserFilters } from "./user-filter-store";
import type { UserCondition } from "./user-list-store";

/**
 * Up to so many users whom a filter leaves are taken all and sorted; beyond, the list's own order is walked and each user asked
 * about, which then meets enough of them soon.
 */
export const FEW_OF_FILTER = 10_000;

const DAY_MS = 86_400_000;

/** Whether filters look at connections, which only the primary knows. */
export const asksForPresence = ({ presence, platform }: Pick<UserFilter, "presence" | "platform">): boolean =>
  presence !== "any" || platform !== undefined;

/** Which users the filters of the list mean at this moment: the one place where filters become a condition. */
export async function userCondition(
  context: Context,
  { id: environmentId, name }: EnvironmentRef,
  filter: Omit<UserFilter, "q">,
): Promise<UserCondition> {
  const { status, from, to, presence, platform, tag, group, run, email, uniqueId } = filter;
  const now = context.now();
  const seen = seenRange(filter, now);
  const filters: UserFilters = {
    ...(presence === "any" ? {} : { presence }),
    ...(platform === undefined ? {} : { platform }),
    ...(seen === null ? {} : { seen }),
    ...(tag === undefined ? {} : { tag }),
    ...(group === undefined ? {} : { group }),
    ...(run === undefined ? {} : { run: name === "development" ? run : null }),
    ...(email === "any" ? {} : { email: email === "yes" }),
    ...(uniqueId === "any" ? {} : { uniqueId: uniqueId === "yes" }),
  };
  const few = await findFewSource(context.db.prisma, environmentId, filters, FEW_OF_FILTER);
  return { status, created: timeRange(from, to), now, ...filters, ...(few === undefined ? {} : { few }) };
}

/** When users were last seen who pass "not seen for" and "last seen between"; null: neither is asked for. */
function seenRange(
  { unseen, seenFrom, seenTo }: Pick<UserFilter, "unseen" | "seenFrom" | "seenTo">,
  now: number,
): SeenRange | null {
  const between = timeRange(seenFrom, seenTo);
  const anyBetween = seenFrom !== undefined || seenTo !== undefined;
  if (unseen === undefined) return anyBetween ? { ...between, never: false } : null;
  const since = new Date(now - unseen * DAY_MS);
  const before = between.before === null || between.before > since ? since : between.before;
  return { from: between.from, before, never: !anyBetween };
}
