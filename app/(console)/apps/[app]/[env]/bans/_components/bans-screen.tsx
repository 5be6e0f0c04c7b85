"use client";

import { RotateCw, ShieldCheck } from "lucide-react";
import type { ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { countText, plural } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tab-links";
import type { ActionResult } from "@/lib/console/action-result";
import type { BanListQuery, BanRow } from "@/lib/core/bans/list-schema";
import type { CappedCount, Page } from "@/lib/core/paging/page-size";
import { UserActionsProvider } from "../../_user-actions/user-actions-provider";
import { ACTIVE_COLUMNS, ENDED_COLUMNS } from "./ban-columns";
import { BanFilters, banFilterChips } from "./ban-filters";

export interface BansScreenProps extends EnvironmentScopeProps {
  query: BanListQuery;
  page: ActionResult<Page<BanRow>>;
  /** How many bans run now; null when that could not be counted. */
  active: CappedCount | null;
}

/** All bans of an environment: those in force, and those that are over. */
export function BansScreen({ app, environment, role, closed, ...screen }: BansScreenProps) {
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <List>
        <UserActionsProvider>
          <Bans {...screen} />
        </UserActionsProvider>
      </List>
    </EnvironmentScopeProvider>
  );
}

function Bans({ query, page: result, active }: Omit<BansScreenProps, keyof EnvironmentScopeProps>) {
  const { base, whyNot } = useEnvironmentScope();
  const { refresh, pending, go } = useList();
  const rows = result.ok ? result.data.rows : [];
  const chips = banFilterChips(query);
  const narrowed = chips.length > 0;
  const state: ListState = !result.ok
    ? "error"
    : rows.length > 0
      ? "ready"
      : narrowed || query.cursor
        ? "no-match"
        : "empty";
  const noBan = whyNot("users.ban");

  return (
    <>
      <PageHeader
        title="Bans"
        description="Who may not connect, why, by whom and until when. New bans are made on the users' own pages and in Users."
        actions={
          <Button icon={RotateCw} onClick={refresh} pending={pending}>
            Refresh
          </Button>
        }
      />
      <TabLinks
        label="Bans by state"
        tabs={[
          {
            href: `${base}/bans`,
            label: "Active",
            current: query.tab === "active",
            count: active ? countText(active) : undefined,
          },
          { href: `${base}/bans?tab=ended`, label: "Ended", current: query.tab === "ended" },
        ]}
      />
      <div className="my-3 flex flex-col gap-2.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <BanFilters query={query} />
          <p role="status" className="text-13 text-ink-muted tabular-nums">
            {result.ok ? `${plural(rows.length, "ban")} on this page` : ""}
          </p>
        </div>
        <FilterChips chips={chips} />
        {noBan && query.tab === "active" ? <p className="text-ink-muted text-xs">Change and unban: {noBan}</p> : null}
      </div>
      <DataTable
        caption="Bans"
        columns={query.tab === "active" ? ACTIVE_COLUMNS : ENDED_COLUMNS}
        rows={rows}
        rowId={(ban) => ban.id}
        testIdPrefix="ban-row"
        state={state}
        footer={
          result.ok && rows.length > 0 ? (
            <Pager previous={result.data.previous} next={result.data.next} size={query.size}>
              {query.tab === "active" ? "Soonest end first" : "Latest end first"}
            </Pager>
          ) : null
        }
      >
        {!result.ok ? (
          <ErrorState
            title="Could not load bans"
            cause={result.error.message}
            code={result.error.code}
            requestId={result.error.requestId}
            onRetry={refresh}
          />
        ) : state === "no-match" ? (
          <NoMatchState
            title={narrowed ? "No bans match these filters" : "Nothing on this page any more"}
            onClearFilters={() => go({ by: null, ends: null, cursor: null })}
          />
        ) : state === "empty" ? (
          <EmptyState
            icon={ShieldCheck}
            title={query.tab === "active" ? "Nobody is banned now" : "No ban has ended yet"}
          >
            <p>
              {query.tab === "active"
                ? "Ban a user on its page, or several at once in Users."
                : "Bans that ran out, were lifted or replaced appear here."}
            </p>
          </EmptyState>
        ) : null}
      </DataTable>
    </>
  );
}
