import { readListQuery } from "@/components/data-table/list-address";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { pageGroupsOfUser } from "@/lib/core/groups/page-memberships";
import { readUser, type UserPageParams } from "../read-user";
import { UserGroups } from "./_components/user-groups";
import { userGroupsList } from "./user-groups-list";

interface GroupsTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default async function GroupsTab({ params, searchParams }: GroupsTabProps) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const query = await readListQuery(userGroupsList, searchParams);
  const page = await readForPage(actor, () => pageGroupsOfUser(context, actor, { userId, ...query }));
  return <UserGroups userId={userId} query={query} page={page} />;
}
