import { z } from "zod";
import { limitedText } from "../input/text";

/** No moment outside these years is ever stored, and PostgreSQL's range is narrower than a Date's. */
const MsSchema = z.number().int().min(-2_208_988_800_000).max(32_503_680_000_000);

export const cursorKey = {
  /** Unix milliseconds. */
  ms: MsSchema,
  text: limitedText({ characters: 512 }, { empty: true }),
  /** A bigint as decimal text. */
  bigint: z.string().regex(/^\d{1,18}$/),
  int: z.number().int().min(0).max(2_147_483_647),
};

/** A place in a list: beside the row with these sort keys, looking to one side. */
export interface Place<Keys> {
  readonly direction: "next" | "previous";
  readonly keys: Keys;
}

/**
 * Turns places into opaque text for URLs and back. `order` names the order that the keys belong to: a cursor from
 * another order cannot be read. Reading never throws; null means the first page.
 */
export class CursorCodec<Keys> {
  constructor(
    private readonly order: string,
    private readonly keys: z.ZodType<Keys>,
  ) {}

  write(direction: Place<Keys>["direction"], keys: Keys): string {
    return Buffer.from(JSON.stringify([this.order, direction === "next" ? 1 : 0, keys])).toString("base64url");
  }

  read(cursor: string | undefined): Place<Keys> | null {
    const parts = parse(cursor);
    if (parts === null || parts[0] !== this.order) return null;
    const keys = this.keys.safeParse(parts[2]);
    return keys.success ? { direction: parts[1] === 1 ? "next" : "previous", keys: keys.data } : null;
  }
}

const PartsSchema = z.tuple([z.string(), z.union([z.literal(0), z.literal(1)]), z.unknown()]);

function parse(cursor: string | undefined): z.output<typeof PartsSchema> | null {
  if (cursor === undefined) return null;
  try {
    return PartsSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    // Not one of ours, or from another version: the first page is the answer, not an error.
    return null;
  }
}

/** The name of the order in a cursor, without checking anything else; null when it cannot be read. */
export function orderOfCursor(cursor: string | undefined): string | null {
  return parse(cursor)?.[0] ?? null;
}
