import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import { LoadError } from "@/components/layout/failures";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import type { SearchParams } from "@/lib/console/page";
import { decodeSegment, pageActor, readForPage } from "@/lib/console/page";
import { getGroup } from "@/lib/core/groups/get-group";
import { MemberListQuerySchema } from "@/lib/core/groups/list-schema";
import { pageGroupMembers } from "@/lib/core/groups/page-memberships";
import { GroupScreen } from "./_components/group-screen";
import { NoSuchGroup } from "./_components/no-such-group";

interface GroupPageProps {
  params: Promise<{ app: string; env: string; groupId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  return { title: `${decodeSegment((await params).groupId)} · Groups` };
}

/** One group: what it is, what its permissions say, who is in it. */
export default async function GroupPage({ params, searchParams }: GroupPageProps) {
  const { groupId: part, ...scope } = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "users.read");
  const groupId = decodeSegment(part);
  const base = `/apps/${environment.appId}/${environment.name}`;
  const query = await readListQuery(MemberListQuerySchema, searchParams);
  const found = await readForPage(actor, () => getGroup(context, actor, { groupId }));
  if (!found.ok) {
    const crumbs = [{ label: "Groups", href: `${base}/groups` }, { label: groupId }];
    return (
      <>
        <PageHeader title="Group" breadcrumb={<Breadcrumb crumbs={crumbs} />} />
        <LoadError what="the group" error={found.error} />
      </>
    );
  }
  if (found.data === null) return <NoSuchGroup base={base} environment={environment.name} groupId={groupId} />;
  const members = await readForPage(actor, () => pageGroupMembers(context, actor, { groupId, ...query }));
  return (
    <GroupScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      group={found.data}
      query={query}
      members={members}
    />
  );
}
