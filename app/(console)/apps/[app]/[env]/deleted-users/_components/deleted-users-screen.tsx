"use client";

import { CodeXml, RotateCw, UserX } from "lucide-react";
import { type ReactNode, useCallback, useId, useRef } from "react";
import type { ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { SearchField } from "@/components/data-table/search-field";
import { useSelection } from "@/components/data-table/selection";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { countText, plural } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { lengthText } from "@/components/ui/time-format";
import type { ActionResult } from "@/lib/console/action-result";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { DeletedUserPage } from "@/lib/core/soft-delete/list-deleted-users";
import type { DeletedUserListQuery, DeletedUserRow } from "@/lib/core/soft-delete/list-schema";
import { SoftDeleteDialog } from "../../_user-actions/delete/soft-delete-dialog";
import { UserActionsProvider } from "../../_user-actions/user-actions-provider";
import { DeletedBulkBar } from "./deleted-bulk-bar";
import { DELETED_USER_COLUMNS, TOO_EARLY } from "./deleted-columns";

export interface DeletedUsersScreenProps extends EnvironmentScopeProps {
  query: DeletedUserListQuery;
  /** Whom the dialog with the call names; null: an example. */
  user: string | null;
  page: ActionResult<DeletedUserPage>;
  /** How many the search leaves; null when that could not be counted. */
  count: CappedCount | null;
  /** How long after the deletion a restore becomes possible. */
  restoreAfterMinutes: number;
}

/** The soft-deleted users of an environment: who, when, by whom, and the way back. */
export function DeletedUsersScreen({ app, environment, role, closed, ...screen }: DeletedUsersScreenProps) {
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <List>
        <WithActs>
          <DeletedUsers {...screen} />
        </WithActs>
      </List>
    </EnvironmentScopeProvider>
  );
}

function useDeletedSelection() {
  const { scope } = useEnvironmentScope();
  return useSelection(`selected-deleted-users:${scope.app}:${scope.env}`);
}

/** Who is not soft-deleted now is not in the list any more, so not among the ticked ones either. */
function WithActs({ children }: { children: ReactNode }) {
  const { set } = useDeletedSelection();
  const onNotDeleted = useCallback((userIds: readonly string[]) => set(userIds, false), [set]);
  return <UserActionsProvider onNotDeleted={onNotDeleted}>{children}</UserActionsProvider>;
}

const unselectable = ({ deletion }: DeletedUserRow) => (deletion.restorable ? null : TOO_EARLY);

function stateOf(page: ActionResult<DeletedUserPage>, query: DeletedUserListQuery): ListState {
  if (!page.ok) return "error";
  if (page.data.rows.length > 0) return "ready";
  return query.q ? "no-match" : "empty";
}

function DeletedUsers(props: Omit<DeletedUsersScreenProps, keyof EnvironmentScopeProps>) {
  const { query, user, page: result, count, restoreAfterMinutes } = props;
  const { whyNot } = useEnvironmentScope();
  const { refresh, pending, go } = useList();
  const call = useAddressDialog("soft-delete");
  const callButton = useRef<HTMLButtonElement>(null);
  const selection = useDeletedSelection();
  const sortNote = useId();
  const rows = result.ok ? result.data.rows : [];
  const state = stateOf(result, query);
  const searching = query.q !== "";
  const noRestore = whyNot("users.restore");
  const wait = restoreAfterMinutes === 0 ? "at any time" : `${lengthText(restoreAfterMinutes)} after the deletion`;

  return (
    <>
      <PageHeader
        title="Deleted users"
        description={`Soft-deleted by your app server: the data is gone, the ID is kept. They can be restored ${wait}.`}
        actions={
          <>
            <Button icon={RotateCw} onClick={refresh} pending={pending}>
              Refresh
            </Button>
            <Button ref={callButton} icon={CodeXml} onClick={call.show}>
              Soft-delete by API
            </Button>
          </>
        }
      />
      <div className="mb-3 flex flex-col gap-2.5">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search deleted users" hint="ID or its beginning" value={query.q} />
          <p role="status" className="ml-auto text-13 text-ink-muted tabular-nums">
            {count === null || state === "error"
              ? ""
              : count.capped
                ? `${countText(count)} deleted users`
                : plural(count.count, "deleted user")}
          </p>
        </div>
        {searching ? (
          <p id={sortNote} className="text-ink-muted text-xs">
            While searching, the order is by ID. Sorting is off.
          </p>
        ) : null}
        {noRestore ? <p className="text-ink-muted text-xs">Restoring users: {noRestore}</p> : null}
      </div>
      <DataTable
        caption="Deleted users"
        columns={DELETED_USER_COLUMNS}
        rows={rows}
        rowId={(row) => row.userId}
        testIdPrefix="deleted-user-row"
        state={state}
        sort={result.ok && result.data.order !== "id" ? result.data.order : null}
        sortOffReason={searching ? sortNote : undefined}
        selection={selection}
        unselectable={unselectable}
        footer={
          result.ok && rows.length > 0 ? (
            <Pager previous={result.data.previous} next={result.data.next} size={query.size}>
              {plural(rows.length, "deleted user")} on this page
            </Pager>
          ) : null
        }
      >
        {!result.ok ? (
          <ErrorState
            title="Could not load deleted users"
            cause={result.error.message}
            code={result.error.code}
            requestId={result.error.requestId}
            onRetry={refresh}
          />
        ) : state === "no-match" ? (
          <NoMatchState title={`No deleted users match “${query.q}”`} onClearSearch={() => go({ q: null })} />
        ) : state === "empty" ? (
          <EmptyState
            icon={UserX}
            title="Nobody is soft-deleted"
            actions={
              <Button icon={CodeXml} onClick={call.show}>
                Show the call
              </Button>
            }
          >
            <p>Your app server soft-deletes users with a signed call; they appear here and can be restored.</p>
          </EmptyState>
        ) : null}
      </DataTable>
      <DeletedBulkBar selection={selection} />
      {call.open ? <SoftDeleteDialog userId={user} onClose={call.close} returnFocusTo={callButton} /> : null}
    </>
  );
}
