import { readListQuery } from "@/components/data-table/list-address";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { pageGroupsOfUser } from "@/lib/core/groups/page-memberships";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserGroups } from "./_components/user-groups";
import { userGroupsList } from "./user-groups-list";

interface GroupsTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function GroupsTab({ params, searchParams }: GroupsTabProps) {
  return userTab(params, async ({ context, actor, userId }) => {
    const query = await readListQuery(userGroupsList, searchParams);
    const page = await readForPage(actor, () => pageGroupsOfUser(context, actor, { userId, ...query }));
    return <UserGroups userId={userId} query={query} page={page} />;
  });
}
