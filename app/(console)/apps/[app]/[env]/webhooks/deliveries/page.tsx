import { firstValues } from "@/components/data-table/list-url";
import { LoadError } from "@/components/layout/load-error";
import { pageActor, readForPage } from "@/lib/console/page";
import { roleMay } from "@/lib/core/permissions";
import { getWebhook } from "@/lib/core/webhooks/get-webhook";
import { listDeliveries } from "@/lib/core/webhooks/list-deliveries";
import { Deliveries } from "./_components/deliveries";
import { DeliveryParamsSchema } from "./search-params";

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "webhooks.read");
  const query = DeliveryParamsSchema.parse(firstValues(await searchParams));
  const [page, webhook] = await Promise.all([
    readForPage(actor, () => listDeliveries(context, actor, query)),
    readForPage(actor, () => getWebhook(context, actor)),
  ]);
  if (!webhook.ok) return <LoadError what="the webhook" error={webhook.error} />;
  const hasAddress = webhook.data.url !== "";
  return (
    <Deliveries
      scope={{ app: scope.app, env: scope.env }}
      base={`/apps/${environment.appId}/${environment.name}`}
      environment={environment.name}
      params={query}
      page={page}
      hasAddress={hasAddress}
      mayReplay={roleMay(actor.role, "webhooks.change") && !closed && hasAddress}
    />
  );
}
