"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { RefreshButton } from "@/components/data-table/refresh-button";
import type { Scope } from "@/components/layout/quota-query";
import { useAddressPanel } from "@/components/ui/address-overlay";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import type { Page } from "@/lib/core/paging/page-size";
import type { DeliveryListQuery, DeliveryRow } from "@/lib/core/webhooks/delivery-schema";
import { deliveriesList } from "../deliveries-list";
import { ReplayDead } from "./replay-dead";

const DeliveryPanel = onIntent(() => import("./delivery-panel").then((part) => part.DeliveryPanel));

interface DeliveriesProps {
  scope: Scope;
  base: string;
  environment: "development" | "production";
  query: DeliveryListQuery;
  page: ActionResult<Page<DeliveryRow>>;
  /** Where the newest delivery was when the page was read; null: that could not be read. */
  newest: string | null;
  hasAddress: boolean;
  /** Whether this role may, and there is an address to send to. */
  mayReplay: boolean;
}

/** The delivery log. Rows are read with the page and on Refresh; no timer moves them. */
export function Deliveries({ scope, base, environment, query, page, newest, hasAddress, mayReplay }: DeliveriesProps) {
  const panel = useAddressPanel("delivery");
  return (
    <ListScreen
      list={deliveriesList}
      query={query}
      page={page}
      newest={newest}
      given={{ base, panel, hasAddress }}
      actions={
        <>
          {mayReplay ? <ReplayDead scope={scope} environment={environment} /> : null}
          <RefreshButton />
        </>
      }
    >
      <DeliveryPanel
        open={panel.id !== null}
        scope={scope}
        base={base}
        deliveryId={panel.id}
        mayReplay={mayReplay}
        onClose={panel.close}
        onClosed={panel.focusRow}
      />
    </ListScreen>
  );
}
