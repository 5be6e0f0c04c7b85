import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LoadError } from "@/components/layout/failures";
import { Hydrated } from "@/components/layout/hydrated";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tab-links";
import { pageActor, readForPage } from "@/lib/console/page";
import { getWebhook } from "@/lib/core/webhooks/get-webhook";
import { countDeliveries } from "@/lib/core/webhooks/list-deliveries";
import { DeliveryHealth } from "./_components/delivery-health";

export const metadata: Metadata = { title: "Webhooks" };

interface Props {
  params: Promise<{ app: string; env: string }>;
  children: ReactNode;
}

/** Title, tabs and how deliveries stand: the same above the receiver and the delivery log. */
export default async function WebhooksLayout({ params, children }: Props) {
  const scope = await params;
  const { context, actor, environment } = await pageActor(scope, "webhooks.read");
  const read = await readForPage(actor, () =>
    Promise.all([getWebhook(context, actor), countDeliveries(context, actor)]),
  );
  const base = `/apps/${environment.appId}/${environment.name}/webhooks`;
  return (
    <div className="flex flex-col gap-4">
      <div className="-mb-3">
        <PageHeader
          aboveTabs
          breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Webhooks" }]} />}
          title="Webhooks"
          description="Your server is told what happens here: signed, at least once, and for each user in the order in which it happened."
        />
      </div>
      <TabLinks
        label="Webhooks"
        tabs={[
          { href: base, label: "Receiver" },
          { href: `${base}/deliveries`, label: "Deliveries" },
        ]}
      />
      {read.ok ? (
        <>
          <DeliveryHealth
            scope={{ app: scope.app, env: scope.env }}
            logHref={`${base}/deliveries`}
            hasAddress={read.data[0].url !== ""}
            initial={read.data[1]}
            readAt={context.now()}
          />
          {children}
        </>
      ) : (
        <>
          <Hydrated />
          <LoadError what="the webhook" error={read.error} />
        </>
      )}
    </div>
  );
}
