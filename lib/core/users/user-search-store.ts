import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { UserSort } from "./list-schema";
import { amongFew, type RelevanceKeys, type Searched, searchGroups, type UserSearch } from "./search-group-store";
import { isCut, readEitherWay } from "./search-walk-store";
import {
  COLUMNS,
  conditionSql,
  type SortKeys,
  type StoredUserRow,
  sortedBy,
  type UserCondition,
} from "./user-list-store";

/** A row that a search found, with its place in the order of relevance. */
export interface FoundUserRow extends StoredUserRow {
  readonly group: number;
  readonly key: string;
}

const { sql, join } = Prisma;

/**
 * Users that a search finds, in the order of relevance (search-group-store.ts); nobody twice. One query where the page is full soon,
 * and by the shorter way where filters leave few of those who match.
 */
export function searchUsers(
  db: Db,
  environmentId: EnvironmentId,
  search: UserSearch,
  condition: UserCondition,
  place: Place<RelevanceKeys> | null,
  limit: number,
): Promise<FoundUserRow[]> {
  const searched = { environmentId, search, condition };
  return readEitherWay(db, searched, (looked, walk) => readGroups(db, looked, place, limit, walk));
}

/**
 * The page from one side; null: those who were walked do not fill it. A second query looks for the words in another order, when the
 * page is not full: "grace hoffmann" need not pass every Hoffmann to learn that no other is a Grace.
 */
async function readGroups(
  db: Db,
  searched: Searched,
  place: Place<RelevanceKeys> | null,
  limit: number,
  walk: number | null,
): Promise<FoundUserRow[] | null> {
  const backwards = place?.direction === "previous";
  const order = keysetOrder(backwards);
  const groups = searchGroups(searched).filter(({ number }) =>
    place === null ? true : backwards ? number <= place.keys[0] : number >= place.keys[0],
  );
  const slow = groups.filter(({ isSlow }) => isSlow);
  const soon = groups.filter(({ isSlow }) => !isSlow);
  // Whoever matches is asked for the filters only where the groups before do not fill the page.
  const apart = walk !== null && conditionSql(searched.condition).sql !== "";
  const steps = apart ? groups.map((group) => [group]) : [soon, slow].filter((step) => step.length > 0);
  if (backwards) steps.reverse();
  const found: FoundUserRow[] = [];
  for (const together of steps) {
    const wanted = limit - found.length;
    if (wanted <= 0 || together.length === 0) continue;
    const besides = together.map((group) => ({
      group,
      place: group.number === place?.keys[0] ? place.keys : null,
    }));
    const parts = besides.map(({ group, place: beside }) => {
      const columns = sql`${COLUMNS}, ${group.number}::int AS "group"`;
      return group.rows({ columns, order, place: beside, limit: wanted, walk });
    });
    const { direction } = order;
    const rows = await db.$queryRaw<FoundUserRow[]>`
      ${amongFew(searched)}SELECT * FROM (${join(parts, " UNION ALL ")}) AS found
      ORDER BY "group" ${direction}, "key" COLLATE "C" ${direction}, "userId" COLLATE "C" ${direction}
      LIMIT ${wanted}`;
    // A full page needs those before its last group wholly; one that is not, all of them.
    const last = rows.length < wanted ? undefined : rows.at(-1)?.group;
    const needed = besides.filter(({ group: { number } }) => {
      if (last === undefined) return true;
      return backwards ? number > last : number < last;
    });
    if (await isCut(db, needed, order, walk)) return null;
    found.push(...rows);
  }
  return found;
}

/**
 * The same users in the order of a column: all are found and then sorted, so `isSortable` must have said that they are not too many.
 */
export function sortFoundUsers(
  db: Db,
  environmentId: EnvironmentId,
  search: UserSearch,
  condition: UserCondition,
  sort: UserSort,
  place: Place<SortKeys> | null,
  limit: number,
): Promise<StoredUserRow[]> {
  const searched = { environmentId, search, condition };
  const all = { columns: sql`users.*`, order: keysetOrder(false), place: null, limit: ALL, walk: null };
  const found = searchGroups(searched).map((group) => group.rows(all));
  const { order, from } = sortedBy(sort, place);
  return db.$queryRaw<StoredUserRow[]>`
    ${amongFew(searched)}SELECT ${COLUMNS} FROM (${join(found, " UNION ALL ")}) AS users WHERE true${from}
    ORDER BY ${order} LIMIT ${limit}`;
}

/** More than a sortable search finds. */
const ALL = 1_000_000;
