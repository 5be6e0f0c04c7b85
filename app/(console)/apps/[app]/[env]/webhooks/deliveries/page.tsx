import { readListQuery } from "@/components/data-table/read-list-query";
import { EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { LoadError } from "@/components/layout/failures";
import { Hydrated } from "@/components/layout/hydrated";
import { pageActor, readForPage, readWithNewest, type SearchParams } from "@/lib/console/page";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { operatorMay } from "@/lib/core/permissions";
import { DeliveryListQuerySchema } from "@/lib/core/webhooks/delivery-schema";
import { getWebhook } from "@/lib/core/webhooks/get-webhook";
import { listDeliveries } from "@/lib/core/webhooks/list-deliveries";
import { Deliveries } from "./_components/deliveries";

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "webhooks.read");
  const query = await readListQuery(DeliveryListQuerySchema, searchParams);
  const [{ page, newest }, webhook] = await Promise.all([
    readWithNewest(
      actor,
      () => markNewest(context, actor, "deliveries", query),
      () => listDeliveries(context, actor, query),
    ),
    readForPage(actor, () => getWebhook(context, actor)),
  ]);
  if (!webhook.ok) {
    return (
      <>
        <Hydrated />
        <LoadError what="the webhook" error={webhook.error} />
      </>
    );
  }
  const hasAddress = webhook.data.url !== "";
  return (
    <EnvironmentScopeProvider app={environment.appId} environment={environment.name} role={actor.role} closed={closed}>
      <Hydrated />
      <Deliveries
        scope={{ app: scope.app, env: scope.env }}
        base={`/apps/${environment.appId}/${environment.name}`}
        environment={environment.name}
        query={query}
        page={page}
        newest={newest}
        hasAddress={hasAddress}
        mayReplay={operatorMay(actor, "webhooks.change") && !closed && hasAddress}
      />
    </EnvironmentScopeProvider>
  );
}
