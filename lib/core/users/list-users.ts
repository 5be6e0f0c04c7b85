import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, orderOfCursor, type Place } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { looksBeyond, walkUsers, walkUsersById } from "./filter-walk-store";
import { listFoundUsers } from "./list-found-users";
import {
  DEFAULT_USER_SORT,
  type UserListQueryInput,
  UserListQuerySchema,
  type UserPage,
  type UserSort,
} from "./list-schema";
import { userCondition } from "./user-condition";
import { usersById } from "./user-filter-store";
import { findUsers, findUsersOfRange, type SortKeys, type StoredUserRow, type UserCondition } from "./user-list-store";
import { SortKeysSchema, sortKeysOf } from "./user-sort";
import { withConnections } from "./with-connections";

/** Users of a created range that are sorted in one go when the sort is not by creation. */
export const RANGE_SORT_MAX = 10_000;

/** Users who are asked for one row of a page before a filter's own users are taken instead. */
const WALKED_FOR_A_ROW = 80;
/** How much longer the walk of a later page is than the one before that did not fill it. */
const LONGER = 8;

/**
 * One page of an environment's users: found by a search (list-found-users.ts), or all by the sort.
 * A sort by id or last seen inside a created range of more than `RANGE_SORT_MAX` users has no index; such a page is
 * ordered by creation and says so (docs/decisions/0031). So is a sort by id or creation inside a wide range of last seen, which is
 * ordered by that.
 */
export async function listUsers(context: Context, actor: Actor, input: UserListQueryInput): Promise<UserPage> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const query = UserListQuerySchema.parse(input);
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

  /** By the sort as far as a page waits for that, else by the ids of those whom a filter leaves. */
  const asked = async (): Promise<UserPage> => {
    const order = orderOfCursor(query.cursor);
    const ordered = { ...bySort(sort), read: walkedFar(context, environment.id, condition, sort, query.size) };
    const byId = sort === "-id" ? "-id" : "id";
    const ids = {
      ...bySort(byId),
      read: (place: Place<SortKeys> | null, limit: number) => {
        const rows = walkUsersById(db, environment.id, condition, byId, place, { limit });
        return rows ?? findUsers(db, environment.id, condition, byId, place, limit);
      },
    };
    const hasIds = usersById(environment.id, condition) !== undefined;
    if (!hasIds || order === sort) return answer(await readPage(sort === byId ? ids : ordered), sort);
    if (sort === byId || order === byId) return answer(await readPage(ids), byId);
    const first = await walkUsers(db, environment.id, condition, sort, null, {
      limit: query.size + 1,
      walk: query.size * WALKED_FOR_A_ROW,
    });
    if (first.isCut) return answer(await readPage(ids), byId);
    return answer(await readPage({ ...ordered, cursor: undefined, read: async () => first.rows }), sort);
  };

  if (bySeen && !sort.endsWith("seen")) return answer(await readPage(bySort(usual)), usual);
  // The few whom a filter leaves are sorted in any order.
  if (condition.few !== undefined || !hasRange || sort.endsWith("created")) {
    if (condition.few === undefined && condition.seen === undefined && looksBeyond(condition)) return asked();
    return answer(await readPage(bySort(sort)), sort);
  }

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

/** Reads a page in its order however far that is: who has begun with an order stays in it. */
function walkedFar(
  { db }: Context,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: UserSort,
  size: number,
) {
  return async (place: Place<SortKeys> | null, limit: number): Promise<StoredUserRow[]> => {
    for (let walk = size * WALKED_FOR_A_ROW; ; walk *= LONGER) {
      const { rows, isCut } = await walkUsers(db.prisma, environmentId, condition, sort, place, { limit, walk });
      if (!isCut) return rows;
    }
  };
}
