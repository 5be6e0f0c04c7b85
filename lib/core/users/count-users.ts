import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { NEWER_CAP } from "../newer/schema";
import { type CappedCount, COUNT_CAP } from "../paging/page-size";
import { momentOf } from "../paging/time-range";
import { requirePermission } from "../permissions";
import { USER_STATUSES, type UserFilterInput, UserFilterSchema, type UserStatusFilter } from "./list-schema";
import { countListedUsers } from "./listed-users-store";
import { prepareSearch } from "./prepare-search";
import { userCondition } from "./user-condition";

/** How many users `listUsers` would show under the same filters, counting up to 10,000 ("10,000+"). */
export async function countUsers(context: Context, actor: Actor, input: UserFilterInput): Promise<CappedCount> {
  return count(context, actor, input, COUNT_CAP);
}

/** How many of them are soft-deleted: those hold no seat, and the quota does not count them. */
export async function countUsersAndDeleted(
  context: Context,
  actor: Actor,
  input: UserFilterInput,
): Promise<CappedCount & { deleted: number }> {
  const counted = await countUsers(context, actor, input);
  if (counted.capped || UserFilterSchema.parse(input).status !== "all") return { ...counted, deleted: 0 };
  return { ...counted, deleted: (await countUsers(context, actor, { ...input, status: "deleted" })).count };
}

/** How many of them were registered after `after`, a moment in Unix milliseconds; up to 100. */
export async function countNewerUsers(
  context: Context,
  actor: Actor,
  input: UserFilterInput,
  after: string,
): Promise<CappedCount> {
  const { from } = UserFilterSchema.parse(input);
  const since = new Date(Number(after) + 1);
  const later = from !== undefined && momentOf(from) > since ? from : since.toISOString();
  return count(context, actor, { ...input, from: later }, NEWER_CAP);
}

async function count(context: Context, actor: Actor, input: UserFilterInput, cap: number): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const filter = UserFilterSchema.parse(input);
  const condition = await userCondition(context, environment, filter);
  const db = context.db.prisma;
  const search = filter.q === "" ? null : await prepareSearch(db, environment.id, filter.q, condition);
  return countListedUsers(db, environment.id, search, condition, cap);
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
