"use client";

import { RotateCw, Send } from "lucide-react";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import type { Scope } from "@/components/layout/quota-query";
import { useAddressPanel } from "@/components/ui/address-overlay";
import { Button, LinkButton } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { Page } from "@/lib/core/paging/page-size";
import type { DeliveryRow } from "@/lib/core/webhooks/delivery-schema";
import type { DeliveryParams } from "../search-params";
import { deliveryColumns } from "./delivery-columns";
import { DeliveryPanel } from "./delivery-panel";
import { chipsOf, Filters } from "./filters";
import { ReplayDead } from "./replay-dead";

interface Props {
  scope: Scope;
  base: string;
  environment: "development" | "production";
  params: DeliveryParams;
  page: ActionResult<Page<DeliveryRow>>;
  hasAddress: boolean;
  /** Whether this role may, and there is an address to send to. */
  mayReplay: boolean;
}

/** The delivery log. Rows are read with the page and on Refresh; no timer moves them. */
export function Deliveries(props: Props) {
  return (
    <List>
      <Log {...props} />
    </List>
  );
}

function Log({ scope, base, environment, params, page, hasAddress, mayReplay }: Props) {
  const { go, refresh, pending } = useList();
  const panel = useAddressPanel("delivery");
  const rows = page.ok ? page.data.rows : [];
  const chips = chipsOf(params);
  const filtered = chips.length > 0;
  const columns = deliveryColumns({ base, panelHref: panel.href, openPanel: panel.open });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <Filters params={params} />
        <div className="flex flex-wrap gap-2">
          {mayReplay ? <ReplayDead scope={scope} environment={environment} /> : null}
          <Button icon={RotateCw} pending={pending} onClick={refresh}>
            Refresh
          </Button>
        </div>
      </div>
      <FilterChips chips={chips} />
      <DataTable
        caption="Deliveries"
        columns={columns}
        rows={rows}
        rowId={(delivery) => delivery.id}
        testIdPrefix="delivery"
        state={!page.ok ? "error" : rows.length > 0 ? "ready" : filtered ? "no-match" : "empty"}
        footer={
          page.ok && (rows.length > 0 || page.data.previous !== null) ? (
            <Pager previous={page.data.previous} next={page.data.next} size={params.size}>
              <span role="status">{plural(rows.length, "delivery", "deliveries")} on this page</span>
            </Pager>
          ) : null
        }
      >
        {!page.ok ? (
          <ErrorState
            title="Could not load the deliveries"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : rows.length > 0 ? null : filtered ? (
          <NoMatchState
            title="No deliveries match the filters"
            onClearFilters={() => go(Object.assign({}, ...chips.map((chip) => chip.remove)))}
          />
        ) : (
          <EmptyState
            icon={Send}
            title="Nothing has been delivered yet"
            actions={
              <LinkButton href={`${base}/webhooks`}>{hasAddress ? "Send a test ping" : "Set the receiver"}</LinkButton>
            }
          >
            <p>
              {hasAddress
                ? "Each event stands here with every try, what the receiver answered and when it is tried next. Delivered ones stay for 7 days."
                : "There is no address yet. Set one and choose events; each delivery then stands here with every try."}
            </p>
          </EmptyState>
        )}
      </DataTable>
      <DeliveryPanel
        scope={scope}
        base={base}
        deliveryId={panel.id}
        mayReplay={mayReplay}
        onClose={panel.close}
        onClosed={panel.focusRow}
      />
    </div>
  );
}
