import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage, readWithNewest } from "@/lib/console/page";
import { countActiveBans, listBans, listUsualReasons } from "@/lib/core/bans/list-bans";
import { BanListQuerySchema } from "@/lib/core/bans/list-schema";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { listOperators } from "@/lib/core/operators/list-operators";
import { BansScreen } from "./_components/bans-screen";

export const metadata: Metadata = { title: "Bans" };

interface BansPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function BansPage({ params, searchParams }: BansPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(BanListQuerySchema, searchParams);
  const [{ page, newest }, active, operators, reasons] = await Promise.all([
    readWithNewest(
      actor,
      () => markNewest(context, actor, "bans", query),
      () => listBans(context, actor, query),
    ),
    readForPage(actor, () => countActiveBans(context, actor)),
    readForPage(actor, async () => (await listOperators(context, actor)).operators),
    readForPage(actor, () => listUsualReasons(context, actor)),
  ]);
  return (
    <BansScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
      newest={newest}
      operators={operators.ok ? operators.data.map(({ id, name, email }) => ({ id, name, email })) : []}
      reasons={reasons.ok ? reasons.data : []}
      active={active.ok ? active.data : null}
    />
  );
}
