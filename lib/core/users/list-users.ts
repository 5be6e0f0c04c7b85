import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, orderOfCursor, type Place } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { onPrimary } from "../shown/read-shown";
import { listFoundUsers } from "./list-found-users";
import {
  DEFAULT_USER_SORT,
  type UserListQueryInput,
  UserListQuerySchema,
  type UserPage,
  type UserSort,
} from "./list-schema";
import { asksForPresence, userCondition } from "./user-condition";
import { findUsers, findUsersOfRange, type SortKeys, type StoredUserRow } from "./user-list-store";
import { SortKeysSchema, sortKeysOf } from "./user-sort";
import { withConnections } from "./with-connections";

/** Users of a created range that are sorted in one go when the sort is not by creation. */
export const RANGE_SORT_MAX = 10_000;

/**
 * One page of an environment's users: found by a search (list-found-users.ts), or all by the sort.
 * A sort by id or last seen inside a created range of more than `RANGE_SORT_MAX` users has no index; such a page is
 * ordered by creation and says so (docs/decisions/0031). So is a sort by id or creation inside a wide range of last seen, which is
 * ordered by that.
 */
export async function listUsers(given: Context, actor: Actor, input: UserListQueryInput): Promise<UserPage> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const query = UserListQuerySchema.parse(input);
  const context = asksForPresence(query) ? onPrimary(given) : given;
  const condition = await userCondition(context, environment, query);
  const { created } = condition;
  const db = context.db.prisma;

  if (query.q !== "") return listFoundUsers(context, environment.id, query, condition);

  const hasRange = created.from !== null || created.before !== null;
  const bySeen = condition.seen !== undefined && condition.few === undefined && !hasRange;
  const usual = bySeen ? "-seen" : DEFAULT_USER_SORT;
  const sort = query.sort === "relevance" ? usual : query.sort;
  const bySort = (sort: UserSort) => ({
    size: query.size,
    cursor: query.cursor,
    codec: new CursorCodec(sort, SortKeysSchema),
    keysOf: (row: StoredUserRow) => sortKeysOf(sort, row),
    read: (place: Place<SortKeys> | null, limit: number) =>
      findUsers(db, environment.id, condition, sort, place, limit),
  });
  const answer = async (page: Page<StoredUserRow>, order: UserSort): Promise<UserPage> => ({
    ...page,
    rows: await withConnections(context, environment.id, page.rows),
    order,
    sortUnavailable: order !== sort,
    indexing: null,
    exactMatch: null,
  });

  if (bySeen && !sort.endsWith("seen")) return answer(await readPage(bySort(usual)), usual);
  // The few whom a filter leaves are sorted in any order.
  if (condition.few !== undefined || !hasRange || sort.endsWith("created"))
    return answer(await readPage(bySort(sort)), sort);

  // A page that was ordered by creation, for the range was too large, is followed by more of the same.
  if (orderOfCursor(query.cursor) !== DEFAULT_USER_SORT) {
    let fits = true;
    const page = await readPage({
      ...bySort(sort),
      read: async (place, limit) => {
        const rows = await findUsersOfRange(db, environment.id, condition, sort, place, limit, RANGE_SORT_MAX);
        fits = rows !== null;
        return rows ?? [];
      },
    });
    if (fits) return answer(page, sort);
  }
  return answer(await readPage(bySort(DEFAULT_USER_SORT)), DEFAULT_USER_SORT);
}
