import type { Metadata } from "next";
import { EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { LoadError } from "@/components/layout/failures";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage } from "@/lib/console/page";
import { countOnlineNow } from "@/lib/core/overview/get-overview";
import { getApiUse } from "@/lib/core/quota/get-api-use";
import { getQuota } from "@/lib/core/quota/get-quota";
import { env } from "@/lib/env";
import { ENDPOINT_GROUPS } from "@/lib/server-api/endpoint";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { ApiLimits } from "./_components/api-limits";
import { ClientLimits } from "./_components/client-limits";
import { NoUserLimit } from "./_components/no-user-limit";
import { SeatHolders } from "./_components/seat-holders";
import { UserSeats } from "./_components/user-seats";

export const metadata: Metadata = { title: "Quotas" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

const API_GROUPS = ENDPOINT_GROUPS.map((name) => ({
  name,
  endpoints: ENDPOINTS.filter(({ doc }) => doc.group === name).map(({ path, limit, windowMs }) => ({
    path,
    limit,
    windowMs,
  })),
}));

export default async function QuotasPage({ params }: Props) {
  const { context, actor, environment, closed } = await pageActor(await params, "quota.read");
  const [seats, apiUse, online] = await Promise.all([
    environment.userLimit === null ? null : readForPage(actor, () => getQuota(context, actor)),
    readForPage(actor, () => getApiUse(context, actor)),
    readForPage(actor, () => countOnlineNow(context, actor)),
  ]);
  const { RATE_LIMITS: limited, CONNECTS_PER_ADDRESS: connectsPerAddress } = env();
  return (
    <EnvironmentScopeProvider app={environment.appId} environment={environment.name} role={actor.role} closed={closed}>
      <PageHeader title="Quotas" description="What this environment can use, what it uses now and what was refused." />
      <div className="flex max-w-4xl flex-col gap-4">
        {seats === null ? (
          <NoUserLimit />
        ) : seats.ok ? (
          <>
            <UserSeats quota={seats.data} />
            <SeatHolders quota={seats.data} />
          </>
        ) : (
          <LoadError what="who holds the seats" error={seats.error} />
        )}
        {apiUse.ok ? (
          <ApiLimits groups={API_GROUPS} initial={apiUse.data} limited={limited} />
        ) : (
          <LoadError what="the use of the Server API" error={apiUse.error} />
        )}
        <ClientLimits
          online={online.ok ? online.data : null}
          connectsPerAddress={limited ? connectsPerAddress : 0}
          limited={limited}
        />
      </div>
    </EnvironmentScopeProvider>
  );
}
