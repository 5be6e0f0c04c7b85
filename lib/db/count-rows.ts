import type { Db } from "./database";
import { Prisma } from "./generated/client";

/**
 * How many rows a SELECT gives, whose own LIMIT says how far to count (docs/decisions/0032-counts-stop-at-a-cap.md).
 * `among` is what stands before it: its WITH.
 */
export async function countRows(db: Db, rows: Prisma.Sql, among: Prisma.Sql = Prisma.empty): Promise<number> {
  const [row] = await db.$queryRaw<
    { count: number }[]
  >`${among}SELECT count(*)::int AS count FROM (${rows}) AS counted`;
  return row?.count ?? 0;
}
