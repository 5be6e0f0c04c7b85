import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import {
  type FoundGroupRow,
  findGroups,
  type GroupRelevanceKeys,
  type GroupSortKeys,
  searchGroups,
} from "./group-list-store";
import { type GroupListQueryInput, GroupListQuerySchema, type GroupPage, type GroupRow } from "./list-schema";

const SortKeysSchema: z.ZodType<GroupSortKeys> = z.tuple([cursorKey.ms, cursorKey.text]);
const RelevanceKeysSchema: z.ZodType<GroupRelevanceKeys> = z.tuple([cursorKey.int, cursorKey.text, cursorKey.text]);

/** One page of an environment's groups for the console; while a search is on by relevance, else by the sort. */
export async function listGroups(context: Context, actor: Actor, input: GroupListQueryInput): Promise<GroupPage> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { q, sort, size, cursor } = GroupListQuerySchema.parse(input);
  const db = context.db.prisma;
  if (q !== "") {
    const page = await readPage({
      size,
      cursor,
      codec: new CursorCodec("groups-relevance", RelevanceKeysSchema),
      keysOf: (row: FoundGroupRow): GroupRelevanceKeys => [row.rank, row.key, row.groupId],
      read: (place, limit) => searchGroups(db, environmentId, q, place, limit),
    });
    return { ...page, rows: page.rows.map(withoutPlace), order: "relevance" };
  }
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec(`groups${sort}`, SortKeysSchema),
    keysOf: (row: GroupRow): GroupSortKeys => [sort.endsWith("id") ? 0 : row.createdAt.getTime(), row.groupId],
    read: (place, limit) => findGroups(db, environmentId, sort, place, limit),
  });
  return { ...page, order: sort };
}

function withoutPlace({ rank: _, key: __, ...row }: FoundGroupRow): GroupRow {
  return row;
}
