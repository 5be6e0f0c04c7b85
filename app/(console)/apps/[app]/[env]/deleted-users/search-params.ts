import { z } from "zod";
import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { type DeletedUserListQuery, DeletedUserListQuerySchema } from "@/lib/core/soft-delete/list-schema";

const ParamsSchema = DeletedUserListQuerySchema.extend({
  /** Whom the dialog with the call that soft-deletes names. */
  user: z.string().min(1).max(64).optional().catch(undefined),
});

/** The list's whole state, from its address. What cannot be read falls back to its default. */
export async function readDeletedUserParams(
  searchParams: SearchParams,
): Promise<{ query: DeletedUserListQuery; user: string | null }> {
  const { user, ...query } = ParamsSchema.parse(firstValues(await searchParams));
  return { query, user: user ?? null };
}
