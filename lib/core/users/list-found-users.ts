import { z } from "zod";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { readPage } from "../paging/read-page";
import { findBuild } from "../search/build-store";
import type { UserListQuery, UserPage } from "./list-schema";
import { prepareSearch } from "./prepare-search";
import type { RelevanceKeys, UserSearch } from "./search-group-store";
import { isSortable } from "./search-plan-store";
import type { SortKeys, StoredUserRow, UserCondition } from "./user-list-store";
import { type FoundUserRow, searchUsers, sortFoundUsers } from "./user-search-store";
import { SortKeysSchema, sortKeysOf } from "./user-sort";
import { withConnections } from "./with-connections";

/** Users whom a search finds that are sorted in one go. */
const SORT_MAX = 10_000;

export const RelevanceKeysSchema: z.ZodType<RelevanceKeys> = z.tuple([cursorKey.int, cursorKey.text, cursorKey.text]);

/**
 * One page of the users whom a search finds: by relevance, or by a column when that is asked for and the search is not so wide
 * that PostgreSQL would have to sort tens of thousands.
 */
export async function listFoundUsers(
  context: Context,
  environmentId: EnvironmentId,
  query: UserListQuery,
  condition: UserCondition,
): Promise<UserPage> {
  const db = context.db.prisma;
  const { q, size, cursor, sort } = query;
  const [search, indexing] = await Promise.all([
    prepareSearch(db, environmentId, q, condition),
    findBuild(db, environmentId),
  ]);
  const byRelevance = () =>
    readPage({
      size,
      cursor,
      codec: new CursorCodec("relevance", RelevanceKeysSchema),
      keysOf: (row: FoundUserRow): RelevanceKeys => [row.group, row.key, row.userId],
      read: (place, limit) => searchUsers(db, environmentId, search, condition, place, limit),
    });
  const sorted = (by: Exclude<typeof sort, "relevance">) =>
    readPage<StoredUserRow, SortKeys>({
      size,
      cursor,
      codec: new CursorCodec(by, SortKeysSchema),
      keysOf: (row) => sortKeysOf(by, row),
      read: (place, limit) => sortFoundUsers(db, environmentId, search, condition, by, place, limit),
    });
  const order = sort === "relevance" || !(await mayBeSorted(context, environmentId, search)) ? "relevance" : sort;
  const page = order === "relevance" ? await byRelevance() : await sorted(order);
  return {
    ...page,
    rows: await withConnections(context, environmentId, page.rows),
    order,
    sortUnavailable: order !== sort,
    indexing,
    exactMatch: page.rows.some(({ userId }) => userId === q) ? q : null,
  };
}

async function mayBeSorted(context: Context, environmentId: EnvironmentId, search: UserSearch): Promise<boolean> {
  return search.few || isSortable(context.db.prisma, environmentId, search, SORT_MAX);
}
