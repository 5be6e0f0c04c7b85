import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { type CappedCount, COUNT_CAP, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { USER_STATUSES, type UserFilterInput, UserFilterSchema, type UserStatusFilter } from "./list-schema";
import { countListedUsers } from "./listed-users-store";
import { prepareSearch } from "./prepare-search";
import { userCondition } from "./user-condition";

/** How many users `listUsers` would show under the same filters, counting up to 10,000 ("10,000+"). */
export async function countUsers(context: Context, actor: Actor, input: UserFilterInput): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const filter = UserFilterSchema.parse(input);
  const condition = await userCondition(context, environment.id, filter);
  const db = context.db.prisma;
  const search = filter.q === "" ? null : await prepareSearch(db, environment.id, filter.q, condition);
  const count = await countListedUsers(db, environment.id, search, condition, COUNT_CAP + 1);
  return cappedCount(count);
}

/** The same for each status, whatever status the filters name. */
export async function countUsersByStatus(
  context: Context,
  actor: Actor,
  input: UserFilterInput,
): Promise<Record<UserStatusFilter, CappedCount>> {
  const counted = await Promise.all(
    USER_STATUSES.map(async (status) => [status, await countUsers(context, actor, { ...input, status })] as const),
  );
  return Object.fromEntries(counted) as Record<UserStatusFilter, CappedCount>;
}
