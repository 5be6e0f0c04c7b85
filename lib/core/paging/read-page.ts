import type { CursorCodec, Place } from "./cursor";
import type { Page } from "./page-size";

export interface PageReader<Row, Keys> {
  readonly size: number;
  readonly cursor: string | undefined;
  readonly codec: CursorCodec<Keys>;
  readonly keysOf: (row: Row) => Keys;
  /**
   * Reads up to `limit` rows beside the place, walking away from it: for "previous" the nearest row comes first.
   * Without a place, from the beginning.
   */
  readonly read: (place: Place<Keys> | null, limit: number) => Promise<Row[]>;
}

/**
 * One page by keyset: the cost does not grow with how deep the page lies, and rows that come or go meanwhile are
 * neither repeated nor skipped. A cursor behind which nothing is left gives the first page, and "previous" never
 * gives a page that is cut short by the beginning of the list.
 */
export async function readPage<Row, Keys>(reader: PageReader<Row, Keys>): Promise<Page<Row>> {
  const { size, codec, keysOf } = reader;
  const place = codec.read(reader.cursor);
  const found = await reader.read(place, size + 1);
  if (place !== null && (found.length === 0 || (place.direction === "previous" && found.length < size))) {
    return readPage({ ...reader, cursor: undefined });
  }
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (place?.direction === "previous") rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  const hasNext = place?.direction === "previous" || more;
  const hasPrevious = place?.direction === "next" || (place !== null && more);
  return {
    rows,
    next: hasNext && last !== undefined ? codec.write("next", keysOf(last)) : null,
    previous: hasPrevious && first !== undefined ? codec.write("previous", keysOf(first)) : null,
  };
}
