import { perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";

/**
 * Pages by their numbers, as the contract has them, of lists that are read by keyset (docs/decisions/0086-where-a-numbered-page-begins.md).
 * An offset alone is counted from the first row on; where one page ended a moment ago is where the next begins.
 */

/** Up to here it costs next to nothing to count, and the list is as it is now. */
const COUNTED_ROWS = 1_000;
/** How old a count may be that a deep page relies on. */
const COUNT_HOLDS_MS = 5_000;
const MOST_PLACES = 2_000;
const MOST_LISTS = 200;

interface Place<Keys> {
  /** The keys of the last row before it. */
  readonly after: Keys;
  /** When the rows before it were counted. */
  readonly countedAt: number;
}

/** What is known of one list: places by the number of rows before them. */
type Places<Keys> = Map<number, Place<Keys>>;

const listsOf = perDatabase(() => new Map<string, Places<unknown>>());

/** Keeps `map` within `most`, the ones that came first leaving first. */
function bound(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function placesIn<Keys>(db: Database, list: string): Places<Keys> {
  const lists = listsOf(db);
  const known = lists.get(list) ?? new Map<number, Place<unknown>>();
  lists.set(list, known);
  bound(lists, MOST_LISTS);
  return known as Places<Keys>;
}

/** The nearest place at or before `offset` that was counted after `since`, with the rows before it. */
function nearest<Keys>(places: Places<Keys>, offset: number, since: number): [number, Place<Keys>] | null {
  const exact = places.get(offset);
  if (exact !== undefined && exact.countedAt > since) return [offset, exact];
  let best: [number, Place<Keys>] | null = null;
  for (const [rows, place] of places) {
    if (place.countedAt <= since) places.delete(rows);
    else if (rows <= offset && (best === null || rows > best[0])) best = [rows, place];
  }
  return best;
}

interface NumberedPage<Row, Keys> {
  /** Names the list, its order and its environment. */
  readonly list: string;
  /** Rows of the list before the page. */
  readonly offset: number;
  readonly limit: number;
  keysOf(row: Row): Keys;
  /** Up to `limit` rows of the list after a place, or from its beginning on, those left out that `skip` says. */
  read(after: Keys | null, skip: number, limit: number): Promise<readonly Row[]>;
  /** Default: this process's clock, in milliseconds. */
  readonly now?: () => number;
}

/** The rows of one page. */
export async function readNumberedPage<Row, Keys>(
  db: Database,
  page: NumberedPage<Row, Keys>,
): Promise<readonly Row[]> {
  const { list, offset, limit, keysOf, read, now = () => performance.now() } = page;
  if (offset + limit <= COUNTED_ROWS) return read(null, offset, limit);
  const places = placesIn<Keys>(db, list);
  const asked = now();
  const from = offset < COUNTED_ROWS ? null : nearest(places, offset, asked - COUNT_HOLDS_MS);
  const [rowsBefore, place] = from ?? [0, null];
  const rows = await read(place?.after ?? null, offset - rowsBefore, limit);
  const last = rows.at(-1);
  if (rows.length === limit && last !== undefined) {
    places.delete(offset + limit);
    places.set(offset + limit, { after: keysOf(last), countedAt: place?.countedAt ?? asked });
    bound(places, MOST_PLACES);
  }
  return rows;
}
