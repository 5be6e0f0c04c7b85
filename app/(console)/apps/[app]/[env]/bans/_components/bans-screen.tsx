"use client";

import { useMemo } from "react";
import { ListScreen } from "@/components/data-table/list-screen";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import type { FilterOperator } from "@/components/operators/operator-choices";
import { countText } from "@/components/ui/count-text";
import type { ActionResult } from "@/lib/console/action-result";
import type { BanListQuery, BanPage } from "@/lib/core/bans/list-schema";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { UserPeek } from "../../_user-actions/peek/user-peek";
import { UserActionsProvider } from "../../_user-actions/user-actions-provider";
import { bansListOf, searchedNote } from "../bans-list";

interface BansScreenProps extends EnvironmentScopeProps {
  query: BanListQuery;
  page: ActionResult<BanPage>;
  /** Where the newest ban was when the page was read; null: that could not be read. */
  newest: string | null;
  /** By whom and for which reasons bans can be filtered. */
  operators: readonly FilterOperator[];
  reasons: readonly string[];
  /** How many bans run now; null when that could not be counted. */
  active: CappedCount | null;
}

/** All bans of an environment: those in force, and those that are over. */
export function BansScreen({ query, page, newest, operators, reasons, active, ...scope }: BansScreenProps) {
  const list = useMemo(() => bansListOf(operators, reasons), [operators, reasons]);
  const note = page.ok ? searchedNote(page.data, query.tab) : null;
  return (
    <EnvironmentScopeProvider {...scope}>
      <UserActionsProvider>
        <ListScreen
          list={list}
          query={query}
          page={page}
          newest={newest}
          tabs={{ active: active ? countText(active) : undefined }}
          notes={
            <>
              {note === null ? null : <p className="text-ink-muted text-xs">{note}</p>}
              {query.tab === "active" ? <WhyNoChange /> : null}
            </>
          }
        >
          <UserPeek />
        </ListScreen>
      </UserActionsProvider>
    </EnvironmentScopeProvider>
  );
}

function WhyNoChange() {
  const noBan = useEnvironmentScope().whyNot("users.ban");
  return noBan === null ? null : <p className="text-ink-muted text-xs">Change and unban: {noBan}</p>;
}
