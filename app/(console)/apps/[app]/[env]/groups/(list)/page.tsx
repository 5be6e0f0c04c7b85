import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage } from "@/lib/console/page";
import { listGroups } from "@/lib/core/groups/list-groups";
import { GroupListQuerySchema } from "@/lib/core/groups/list-schema";
import { GroupsScreen } from "./_components/groups-screen";

export const metadata: Metadata = { title: "Groups" };

interface GroupsPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function GroupsPage({ params, searchParams }: GroupsPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(GroupListQuerySchema, searchParams);
  const page = await readForPage(actor, () => listGroups(context, actor, query));
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
