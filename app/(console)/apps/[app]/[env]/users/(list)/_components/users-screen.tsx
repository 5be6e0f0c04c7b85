"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RotateCw, UserPlus } from "lucide-react";
import { useId, useRef } from "react";
import type { ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { FilterChips } from "@/components/data-table/filter-chips";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { SearchField } from "@/components/data-table/search-field";
import { useSelection } from "@/components/data-table/selection";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { countText, plural } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import type { ActionResult } from "@/lib/console/action-result";
import type { UserListQuery, UserPage, UserRow } from "@/lib/core/users/list-schema";
import { UserActionsProvider } from "../../../_user-actions/user-actions-provider";
import { RegisterUserDialog } from "./register-user-dialog";
import { USER_COLUMNS } from "./user-columns";
import { UserFilters, userFilterChips, wholeListWords } from "./user-filters";
import { UsersBulkBar } from "./users-bulk-bar";
import { useUsersCount } from "./users-count";
import { NoUserMatches, NoUsers, PageIsEmpty, UsersFailed } from "./users-state";

export interface UsersScreenProps extends EnvironmentScopeProps {
  query: UserListQuery;
  page: ActionResult<UserPage>;
  appKey: string;
  apiUrl: string;
}

/** The users of an environment: search, filter, sort, tick over pages, act. */
export function UsersScreen({ app, environment, role, closed, ...screen }: UsersScreenProps) {
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <List>
        <UserActionsProvider>
          <Users {...screen} />
        </UserActionsProvider>
      </List>
    </EnvironmentScopeProvider>
  );
}

const NOTHING: UserPage = {
  rows: [],
  next: null,
  previous: null,
  order: "-created",
  sortUnavailable: false,
  exactMatch: null,
};

const unselectable = (user: UserRow) =>
  user.status === "deleted" ? "Soft-deleted: there is nothing to ban or invalidate." : null;

function stateOf(page: ActionResult<UserPage>, query: UserListQuery): ListState {
  if (!page.ok) return "error";
  if (page.data.rows.length > 0) return "ready";
  return query.q || query.status !== "all" || query.presence !== "any" || query.from || query.to || query.cursor
    ? "no-match"
    : "empty";
}

function Users({ query, page: result, appKey, apiUrl }: Omit<UsersScreenProps, keyof EnvironmentScopeProps>) {
  const { scope, whyNot } = useEnvironmentScope();
  const { refresh, pending } = useList();
  const queries = useQueryClient();
  const register = useAddressDialog("register");
  const registerButton = useRef<HTMLButtonElement>(null);
  const selection = useSelection(`selected-users:${scope.app}:${scope.env}`);
  const count = useUsersCount(query);
  const sortNote = useId();
  const page = result.ok ? result.data : NOTHING;
  const state = stateOf(result, query);
  const chips = userFilterChips(query);
  const narrowed = query.q !== "" || chips.length > 0;
  const ranked = page.order === "relevance";
  const noRegister = whyNot("users.register");

  const changed = () => {
    refresh();
    void queries.invalidateQueries({ queryKey: ["users"] });
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
  };
  const registerAction = (
    <Button
      ref={registerButton}
      variant="primary"
      icon={UserPlus}
      onClick={register.show}
      disabled={noRegister !== null}
      title={noRegister ?? undefined}
    >
      Register user
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Users"
        description={noRegister ? `Registering users: ${noRegister}` : undefined}
        actions={
          <>
            <Button icon={RotateCw} onClick={changed} pending={pending}>
              Refresh
            </Button>
            {state === "empty" && noRegister === null ? null : registerAction}
          </>
        }
      />
      <div className="mb-3 flex flex-col gap-2.5">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search users" hint="ID, ID prefix or name" value={query.q} />
          <UserFilters filter={query} />
          <p role="status" className="ml-auto text-13 text-ink-muted tabular-nums">
            {count === undefined || state === "error"
              ? ""
              : narrowed
                ? `${countText(count)} ${count.count === 1 ? "user matches" : "users match"}`
                : count.capped
                  ? `${countText(count)} users`
                  : plural(count.count, "user")}
          </p>
        </div>
        <FilterChips chips={chips} />
        {ranked || page.sortUnavailable ? (
          <p id={sortNote} className="text-ink-muted text-xs">
            {ranked
              ? "While searching, the order is by relevance: the exact ID first, then IDs that begin with it, then names. Sorting is off."
              : "This created range holds too many users for that order, so the newest come first."}
          </p>
        ) : state === "ready" && !narrowed ? (
          <p className="text-ink-muted text-xs">{wholeListWords(page.order)}</p>
        ) : null}
      </div>
      <DataTable
        caption="Users"
        columns={USER_COLUMNS}
        rows={page.rows}
        rowId={(user) => user.userId}
        testIdPrefix="user-row"
        state={state}
        sort={ranked ? null : page.order}
        sortOffReason={ranked ? sortNote : undefined}
        selection={selection}
        unselectable={unselectable}
        footer={
          state === "ready" ? (
            <Pager previous={page.previous} next={page.next} size={query.size}>
              {plural(page.rows.length, "user")} on this page
            </Pager>
          ) : null
        }
      >
        {!result.ok ? (
          <UsersFailed error={result.error} />
        ) : state === "empty" ? (
          <NoUsers apiUrl={apiUrl} appKey={appKey} action={noRegister === null ? registerAction : null} />
        ) : state === "no-match" ? (
          narrowed ? (
            <NoUserMatches filter={query} />
          ) : (
            <PageIsEmpty />
          )
        ) : null}
      </DataTable>
      <UsersBulkBar
        selection={selection}
        rows={page.rows}
        filter={query}
        count={count}
        morePages={page.next !== null || page.previous !== null}
      />
      {register.open && noRegister === null ? (
        <RegisterUserDialog onClose={register.close} onRegistered={changed} returnFocusTo={registerButton} />
      ) : null}
    </>
  );
}
