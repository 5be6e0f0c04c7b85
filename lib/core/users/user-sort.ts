import { z } from "zod";
import { cursorKey } from "../paging/cursor";
import type { UserSort } from "./list-schema";
import type { SortKeys, StoredUserRow } from "./user-list-store";

/** The place of a user in the order of a column, as a cursor holds it. */
export const SortKeysSchema: z.ZodType<SortKeys> = z.tuple([cursorKey.ms.nullable(), cursorKey.text]);

export const sortKeysOf = (sort: UserSort, row: StoredUserRow): SortKeys => [sortKey(sort, row), row.userId];

function sortKey(sort: UserSort, row: StoredUserRow): number | null {
  if (sort.endsWith("id")) return 0;
  if (sort.endsWith("seen")) return row.lastSeenAt === null ? null : row.lastSeenAt.getTime();
  return row.createdAt.getTime();
}
