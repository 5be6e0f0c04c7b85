import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { type BanListQuery, BanListQuerySchema } from "@/lib/core/bans/list-schema";

/** The bans list's whole state, from its address. What cannot be read falls back to its default. */
export async function readBanListQuery(searchParams: SearchParams): Promise<BanListQuery> {
  return BanListQuerySchema.parse(firstValues(await searchParams));
}
