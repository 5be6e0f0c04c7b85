import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import {
  type GroupListQuery,
  GroupListQuerySchema,
  type MemberListQuery,
  MemberListQuerySchema,
} from "@/lib/core/groups/list-schema";

/** The whole state of the list of groups, from its address. What cannot be read falls back to its default. */
export async function readGroupListQuery(searchParams: SearchParams): Promise<GroupListQuery> {
  return GroupListQuerySchema.parse(firstValues(await searchParams));
}

/** The same for the members on a group's page. */
export async function readMemberListQuery(searchParams: SearchParams): Promise<MemberListQuery> {
  return MemberListQuerySchema.parse(firstValues(await searchParams));
}
