"use client";

import { CodeXml } from "lucide-react";
import { type ReactNode, useCallback, useRef } from "react";
import { useListSelection } from "@/components/data-table/bulk-bar";
import { ListScreen } from "@/components/data-table/list-screen";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { onIntent } from "@/components/ui/on-intent";
import { lengthText } from "@/components/ui/time-format";
import type { ActionResult } from "@/lib/console/action-result";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { DeletedUserPage } from "@/lib/core/soft-delete/list-deleted-users";
import { UserPeek } from "../../_user-actions/peek/user-peek";
import { UserActionsProvider } from "../../_user-actions/user-actions-provider";
import { deletedUsersList } from "../deleted-users-list";
import type { DeletedUsersQuery } from "../deleted-users-query";

const SoftDeleteDialog = onIntent(() =>
  import("../../_user-actions/delete/soft-delete-dialog").then((part) => part.SoftDeleteDialog),
);

interface DeletedUsersProps {
  query: DeletedUsersQuery;
  page: ActionResult<DeletedUserPage>;
  /** Where the newest deletion was when the page was read; null: that could not be read. */
  newest: string | null;
  /** How many the search leaves; null when that could not be counted. */
  count: CappedCount | null;
  /** How long after the deletion a restore becomes possible. */
  restoreAfterMinutes: number;
}

/** The soft-deleted users of an environment: who, when, by whom, and the way back. */
export function DeletedUsersScreen({
  query,
  page,
  newest,
  count,
  restoreAfterMinutes,
  ...scope
}: EnvironmentScopeProps & DeletedUsersProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <WithActions query={query}>
        <DeletedUsers
          query={query}
          page={page}
          newest={newest}
          count={count}
          restoreAfterMinutes={restoreAfterMinutes}
        />
      </WithActions>
    </EnvironmentScopeProvider>
  );
}

/** Who is not soft-deleted now is not in the list any more, so not among the ticked ones either. */
function WithActions({ query, children }: { query: DeletedUsersQuery; children: ReactNode }) {
  const { set } = useListSelection(deletedUsersList, query);
  const onNotDeleted = useCallback((userIds: readonly string[]) => set(userIds, false), [set]);
  return <UserActionsProvider onNotDeleted={onNotDeleted}>{children}</UserActionsProvider>;
}

function DeletedUsers({ query, page, newest, count, restoreAfterMinutes }: DeletedUsersProps) {
  const { whyNot } = useEnvironmentScope();
  const call = useAddressDialog("soft-delete");
  const callButton = useRef<HTMLButtonElement>(null);
  const noRestore = whyNot("users.restore");
  const wait = restoreAfterMinutes === 0 ? "at any time" : `${lengthText(restoreAfterMinutes)} after the deletion`;
  return (
    <ListScreen
      list={deletedUsersList}
      query={query}
      page={page}
      newest={newest}
      count={count}
      description={`Your app server soft-deleted these users: data erased, IDs kept. They can be restored ${wait}.`}
      notes={noRestore ? <p className="text-ink-muted text-xs">Restoring users: {noRestore}</p> : null}
      primary={
        <Button ref={callButton} icon={CodeXml} onClick={call.show}>
          Soft-delete by API
        </Button>
      }
    >
      {call.open ? (
        <SoftDeleteDialog userId={query.user ?? null} onClose={call.close} returnFocusTo={callButton} />
      ) : null}
      <UserPeek />
    </ListScreen>
  );
}
