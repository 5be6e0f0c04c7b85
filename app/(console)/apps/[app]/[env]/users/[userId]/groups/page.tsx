import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { UserGroupsQuerySchema } from "@/lib/core/groups/list-schema";
import { pageGroupsOfUser } from "@/lib/core/groups/page-memberships";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserGroups } from "./_components/user-groups";

interface GroupsTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function GroupsTab({ params, searchParams }: GroupsTabProps) {
  return userTab(params, async ({ context, actor, userId }) => {
    const query = await readListQuery(UserGroupsQuerySchema, searchParams);
    const page = await readForPage(actor, () => pageGroupsOfUser(context, actor, { userId, ...query }));
    return <UserGroups userId={userId} query={query} page={page} />;
  });
}
