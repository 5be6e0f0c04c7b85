import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { type UserListQuery, UserListQuerySchema } from "@/lib/core/users/list-schema";

/** The users list's whole state, from its address. What cannot be read falls back to its default. */
export async function readUserListQuery(searchParams: SearchParams): Promise<UserListQuery> {
  return UserListQuerySchema.parse(firstValues(await searchParams));
}
