"use client";

import { useMutation } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useRef } from "react";
import { BulkBar } from "@/components/data-table/bulk-bar";
import { SELECTION_LIMIT, type Selection } from "@/components/data-table/selection";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { fetchJson } from "@/components/layout/fetch-json";
import { Button } from "@/components/ui/button";
import { countText, formatCount, plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/toaster";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { UserFilter, UserRow } from "@/lib/core/users/list-schema";
import { type TargetUser, useUserActions } from "../../../_user-actions/user-actions";
import { filterParams } from "./users-count";

interface UsersBulkBarProps {
  selection: Selection;
  rows: readonly UserRow[];
  filter: UserFilter;
  count: CappedCount | undefined;
  /** There are rows that match on other pages. */
  morePages: boolean;
}

/** Ban, unban and invalidate for all ticked users, those on other pages too. */
export function UsersBulkBar({ selection, rows, filter, count, morePages }: UsersBulkBarProps) {
  const { scope, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const opener = useRef<HTMLButtonElement>(null);
  const noBan = whyNot("users.ban");
  const noInvalidate = whyNot("users.invalidate_tokens");

  const onPage = rows.filter((row) => row.status !== "deleted");
  const pageSelected = onPage.length > 0 && onPage.every((row) => selection.has(row.userId));
  const wholeMatch = useMutation({
    mutationFn: () =>
      fetchJson<{ userIds: string[]; capped: boolean }>(
        `/api/apps/${scope.app}/${scope.env}/users/matching?${filterParams(filter)}`,
      ),
    onSuccess: ({ userIds, capped }) => {
      selection.replace(userIds);
      const left = (count?.count ?? userIds.length) - userIds.length;
      if (!capped && left > 0) {
        notify.success(`${plural(userIds.length, "user")} selected.`, {
          description: `${plural(left, "soft-deleted user is", "soft-deleted users are")} left out.`,
        });
      }
    },
    onError: (error) => notify.failure("Could not select all that match.", { description: error.message }),
  });

  const users = (): TargetUser[] => {
    const known = new Map(rows.map((row) => [row.userId, row]));
    return selection.ids.map((userId) => known.get(userId) ?? { userId });
  };
  const tooMany = count !== undefined && (count.capped || count.count > SELECTION_LIMIT);

  return (
    <BulkBar selection={selection}>
      {pageSelected && morePages && selection.ids.length <= onPage.length ? (
        <span className="flex flex-wrap items-center gap-x-2 text-ink-muted">
          All {formatCount(onPage.length)} on this page are selected.
          <Button size="sm" pending={wholeMatch.isPending} onClick={() => wholeMatch.mutate()}>
            {count === undefined
              ? "Select all that match"
              : tooMany
                ? `Select the first ${formatCount(SELECTION_LIMIT)} of ${countText(count)} that match`
                : `Select all ${countText(count)} that match`}
          </Button>
        </span>
      ) : null}
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          ref={opener}
          variant="danger-quiet"
          disabled={noBan !== null}
          title={noBan ?? undefined}
          onClick={(event) => actions.ban(users(), event.currentTarget)}
        >
          Ban…
        </Button>
        <Button
          disabled={noBan !== null}
          title={noBan ?? undefined}
          pending={actions.pending}
          onClick={() => actions.unban(users())}
        >
          Unban
        </Button>
        <Button
          disabled={noInvalidate !== null}
          title={noInvalidate ?? undefined}
          onClick={(event) => actions.invalidate(users(), event.currentTarget)}
        >
          Invalidate tokens…
        </Button>
        <Button
          icon={Copy}
          onClick={() =>
            navigator.clipboard.writeText(selection.ids.join("\n")).then(
              () => notify.success(`Copied ${plural(selection.ids.length, "ID")}.`),
              () => notify.failure("The browser did not allow copying."),
            )
          }
        >
          Copy IDs
        </Button>
      </div>
      {noBan ? <p className="text-ink-muted text-xs">{noBan}</p> : null}
    </BulkBar>
  );
}
