import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey, orderOfCursor, type Place } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { findBuild } from "../search/build-store";
import {
  DEFAULT_USER_SORT,
  type UserListQueryInput,
  UserListQuerySchema,
  type UserPage,
  type UserSort,
} from "./list-schema";
import { prepareSearch } from "./prepare-search";
import type { RelevanceKeys } from "./search-group-store";
import { userCondition } from "./user-condition";
import { findUsers, findUsersOfRange, type SortKeys, type StoredUserRow } from "./user-list-store";
import { type FoundUserRow, searchUsers } from "./user-search-store";
import { withConnections } from "./with-connections";

/** Users of a created range that are sorted in one go when the sort is not by creation. */
export const RANGE_SORT_MAX = 10_000;

const SortKeysSchema: z.ZodType<SortKeys> = z.tuple([cursorKey.ms.nullable(), cursorKey.text]);
const RelevanceKeysSchema: z.ZodType<RelevanceKeys> = z.tuple([cursorKey.int, cursorKey.text, cursorKey.text]);

/**
 * One page of an environment's users. While a search is on, by relevance (user-list-store.ts), else by the sort.
 * A sort by id or last seen inside a created range of more than `RANGE_SORT_MAX` users has no index; such a page is
 * ordered by creation and says so (docs/decisions/0031).
 */
export async function listUsers(context: Context, actor: Actor, input: UserListQueryInput): Promise<UserPage> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const query = UserListQuerySchema.parse(input);
  const condition = await userCondition(context, environment.id, query);
  const { created } = condition;
  const db = context.db.prisma;

  if (query.q !== "") {
    const search = await prepareSearch(db, environment.id, query.q, condition);
    const [page, indexing] = await Promise.all([
      readPage({
        size: query.size,
        cursor: query.cursor,
        codec: new CursorCodec("relevance", RelevanceKeysSchema),
        keysOf: (row: FoundUserRow): RelevanceKeys => [row.group, row.key, row.userId],
        read: (place, limit) => searchUsers(db, environment.id, search, condition, place, limit),
      }),
      findBuild(db, environment.id),
    ]);
    return {
      ...page,
      rows: await withConnections(context, environment.id, page.rows),
      order: "relevance",
      sortUnavailable: false,
      indexing,
      exactMatch: page.rows[0]?.userId === query.q ? query.q : null,
    };
  }

  const bySort = (sort: UserSort) => ({
    size: query.size,
    cursor: query.cursor,
    codec: new CursorCodec(sort, SortKeysSchema),
    keysOf: (row: StoredUserRow): SortKeys => [sortKey(sort, row), row.userId],
    read: (place: Place<SortKeys> | null, limit: number) =>
      findUsers(db, environment.id, condition, sort, place, limit),
  });
  const answer = async (page: Page<StoredUserRow>, order: UserSort): Promise<UserPage> => ({
    ...page,
    rows: await withConnections(context, environment.id, page.rows),
    order,
    sortUnavailable: order !== query.sort,
    indexing: null,
    exactMatch: null,
  });

  const hasRange = created.from !== null || created.before !== null;
  // The few who are online are sorted in any order.
  if (condition.presence === "few_online" || !hasRange || query.sort.endsWith("created"))
    return answer(await readPage(bySort(query.sort)), query.sort);

  // A page that was ordered by creation, for the range was too large, is followed by more of the same.
  if (orderOfCursor(query.cursor) !== DEFAULT_USER_SORT) {
    let fits = true;
    const page = await readPage({
      ...bySort(query.sort),
      read: async (place, limit) => {
        const rows = await findUsersOfRange(db, environment.id, condition, query.sort, place, limit, RANGE_SORT_MAX);
        fits = rows !== null;
        return rows ?? [];
      },
    });
    if (fits) return answer(page, query.sort);
  }
  return answer(await readPage(bySort(DEFAULT_USER_SORT)), DEFAULT_USER_SORT);
}

function sortKey(sort: UserSort, row: StoredUserRow): number | null {
  if (sort.endsWith("id")) return 0;
  if (sort.endsWith("seen")) return row.lastSeenAt === null ? null : row.lastSeenAt.getTime();
  return row.createdAt.getTime();
}
