import { AppError, ERRORS, type ErrorCode } from "../errors";
import type { CursorCodec, Place } from "./cursor";

/**
 * The place that an API caller's page token names; null on the first page. Unlike the cursor in a console's address, a
 * token that cannot be read, or that another list gave, is refused: `page_token_invalid`, or what else the list answers
 * (contract section 4).
 */
export function placeOfToken<Keys>(
  codec: CursorCodec<Keys>,
  pageToken: string | undefined,
  refusal: ErrorCode = "page_token_invalid",
): Place<Keys> | null {
  if (pageToken === undefined || pageToken === "") return null;
  const place = codec.read(pageToken);
  if (place === null || place.direction === "previous") {
    throw new AppError(refusal, { field: "pageToken", message: ERRORS.page_token_invalid.sentence });
  }
  return place;
}

/** Rows of one page, read with a limit of one more than `size`, and the token of the next; null on the last page. */
export function cutPage<Row, Keys>(
  codec: CursorCodec<Keys>,
  found: readonly Row[],
  size: number,
  keysOf: (row: Row) => Keys,
): { readonly rows: readonly Row[]; readonly pageToken: string | null } {
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, pageToken: found.length > size && last !== undefined ? codec.write("next", keysOf(last)) : null };
}
