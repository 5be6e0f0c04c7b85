import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { KeysetOrder } from "@/lib/db/sql";
import type { RelevanceKeys, Searched, SearchGroup } from "./search-group-store";
import { isFew } from "./search-plan-store";
import { filterSql, findFewSource } from "./user-filter-store";
import type { UserCondition } from "./user-list-store";

/**
 * A search under a filter goes from either side: those who match are walked and asked for the filter, or those whom the filter
 * leaves are taken and looked at for the words. Which is shorter depends on how many are both, which nobody knows before
 * (docs/decisions/0082-a-search-under-a-filter-goes-from-both-sides.md).
 */

/** So many who match are walked before anything else is thought of: most pages are full by then. */
const FIRST_WALK = 2_000;
/** How much longer each walk is than the one before; and a filter's users are taken when they are no more than the next walk. */
const LONGER = 8;
/** For one user who is asked, so many of the banned are looked at, whose words stand in their index. */
const BANNED_FOR_ONE = 8;

/**
 * Reads what a search finds by the shorter way. `read` looks at `walk` of those who match (null: all), and gives null where it
 * would have to look at more; what it gives is the same whichever way it goes. It passes a few times as many as the shorter way.
 */
export async function readEitherWay<R>(
  db: Db,
  searched: Searched,
  read: (searched: Searched, walk: number | null) => Promise<R | null>,
): Promise<R> {
  const all = async (among: Searched): Promise<R> => {
    const found = await read(among, null);
    if (found === null) throw new Error("A search without an end to its walk finds everybody.");
    return found;
  };
  if (searched.search.few || searched.condition.few !== undefined) return all(searched);
  for (let walk = FIRST_WALK; ; walk *= LONGER) {
    const found = await read(searched, walk);
    if (found !== null) return found;
    const next = walk * LONGER;
    const few = await amongFilter(db, searched, isOfBanned(searched.condition) ? next * BANNED_FOR_ONE : next);
    if (few !== null) return all(few);
  }
}

/** Whether nothing is asked of the banned but what users_banned_id_idx tells. */
const isOfBanned = ({ status, created, ...filters }: UserCondition) =>
  status === "banned" && created.from === null && created.before === null && filterSql(filters).sql === "";

/** The same search among the users of a filter that leaves at most `limit`; null: none does. */
async function amongFilter(db: Db, searched: Searched, limit: number): Promise<Searched | null> {
  const { environmentId, condition } = searched;
  const search = { ...searched.search, few: true };
  if (await isFew(db, environmentId, condition, limit)) return { environmentId, search, condition };
  const few = await findFewSource(db, environmentId, condition, limit);
  return few === undefined ? null : { environmentId, search, condition: { ...condition, few } };
}

interface Walked {
  readonly group: SearchGroup;
  /** Beside which it began. */
  readonly place: RelevanceKeys | null;
}

/** Whether one of these groups holds more who match than were walked. */
export async function isCut(
  db: Db,
  groups: readonly Walked[],
  order: KeysetOrder,
  walk: number | null,
): Promise<boolean> {
  if (walk === null) return false;
  const cut = groups.flatMap(({ group, place }) => {
    const walked = group.walked({ order, place });
    return walked === null ? [] : [Prisma.sql`EXISTS (${walked} OFFSET ${walk} LIMIT 1)`];
  });
  if (cut.length === 0) return false;
  const [row] = await db.$queryRaw<{ cut: boolean }[]>`SELECT ${Prisma.join(cut, " OR ")} AS cut`;
  return row?.cut === true;
}
