import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/list-address";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, showForPage } from "@/lib/console/page";
import { listGroups } from "@/lib/core/groups/list-groups";
import { GroupsScreen } from "./_components/groups-screen";
import { groupsList } from "./groups-list";

export const metadata: Metadata = { title: "Groups" };

interface GroupsPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function GroupsPage({ params, searchParams }: GroupsPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(groupsList, searchParams);
  const page = await showForPage(context, actor, (shown) => listGroups(shown, actor, query));
  return (
    <GroupsScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
    />
  );
}
