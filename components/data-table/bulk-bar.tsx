"use client";

import { useMutation } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { countText, formatCount, plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { useBottomBar } from "@/components/ui/use-bottom-bar";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { rowsMeant } from "./list-address";
import type { ListDefinition, ListQuery } from "./list-definition";
import { focusBulkActs, focusTickedRow } from "./row-keys";
import { type Selection, useSelection } from "./selection";

/** The ticked rows of this list and query in the environment at hand. */
export function useListSelection<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
): Selection {
  const { scope } = useEnvironmentScope();
  return useSelection(`selected:${list.testId}:${scope.app}:${scope.env}`, rowsMeant(list, query));
}

interface ListBulkBarProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given>;
  query: Query;
  selection: Selection;
  rows: readonly Row[];
  /** How many match; undefined while that is not known. */
  count: CappedCount | undefined;
  /** There are rows that match on other pages. */
  morePages: boolean;
}

/** What can be done with the ticked rows, those of other pages too. Sticks to the lower edge; nothing while none is ticked. */
export function ListBulkBar<Row, Query extends ListQuery, Given>(props: ListBulkBarProps<Row, Query, Given>) {
  const { list, query, selection, rows, count } = props;
  const { ids, all } = selection;
  const { bulk } = list;
  const bar = useBottomBar<HTMLElement>();
  const [growing, setGrowing] = useState(false);
  if (bulk === undefined || (ids.length === 0 && !all)) return null;
  const tickId = (row: Row) => bulk.tickId?.(row) ?? list.rowId(row);
  const onPage = new Map(rows.map((row) => [tickId(row), row]));
  const ticked = new Map([...onPage].filter(([id]) => selection.has(id)));
  const unseen = ids.length - ticked.size;
  const everything =
    all && bulk.everything !== undefined
      ? { by: bulk.everything, filter: Object.fromEntries(new URLSearchParams(rowsMeant(list, query))) }
      : null;
  return (
    <section
      ref={bar}
      aria-label="Bulk actions"
      onKeyDown={(event) => {
        if (event.key === "Escape" && event.currentTarget.contains(event.target as Node)) focusTickedRow();
      }}
      className="sticky bottom-4 z-30 mx-auto mt-4 flex w-fit max-w-full animate-pop-in flex-wrap items-center gap-2 rounded-lg bg-overlay px-3 py-2 text-13 shadow-overlay"
    >
      <p role="status" className="px-1 font-medium tabular-nums">
        {all ? (count === undefined ? "All that match" : `All ${countText(count)}`) : formatCount(ids.length)} selected
        {unseen > 0 ? (
          <span className="font-normal text-ink-muted">, {formatCount(unseen)} not on this page</span>
        ) : null}
      </p>
      <SelectMatching {...props} onPending={setGrowing} />
      {/* Nobody acts on this page who has just asked for all that match. */}
      <fieldset disabled={growing} data-bulk-acts className="flex min-w-0 flex-wrap items-center gap-1.5">
        <bulk.Acts ticked={{ ids, rows: ticked, everything, clear: selection.clear }} />
      </fieldset>
      <Button variant="ghost" onClick={selection.clear} className="max-md:ml-auto max-2xl:w-8 max-2xl:px-0">
        <X aria-hidden className="2xl:hidden" />
        <span className="max-2xl:sr-only">Clear</span>
      </Button>
    </section>
  );
}

/** Up to so many that match are ticked one by one, so that an act on them is done at once. */
const TICKED_AT_ONCE = 100;

/** Once the whole page is ticked: the way to all rows that match. */
function SelectMatching<Row, Query extends ListQuery, Given>(
  props: ListBulkBarProps<Row, Query, Given> & { onPending(pending: boolean): void },
) {
  const { onPending, list, query, selection, rows, count, morePages } = props;
  const { scope } = useEnvironmentScope();
  const { bulk } = list;
  const onPage = rows.filter((row) => !bulk?.unselectable?.(row)).map((row) => bulk?.tickId?.(row) ?? list.rowId(row));
  const [one, many] = list.row;
  const meant = rowsMeant(list, query);
  const matching = useMutation({
    mutationFn: (asked: string) =>
      fetchJson<{ userIds: string[]; capped: boolean }>(
        `/api/apps/${scope.app}/${scope.env}/${bulk?.matching}?${asked}`,
      ),
    onMutate: () => onPending(true),
    onSuccess: ({ userIds, capped }, asked) => {
      // Before the focus: it goes to none that is disabled.
      flushSync(() => onPending(false));
      // The list may mean other rows by the time the answer comes.
      if (asked !== meant) return;
      // The button that was pressed goes.
      focusBulkActs();
      if (capped) {
        selection.selectAll();
        return;
      }
      selection.replace(userIds);
      const left = (count?.count ?? userIds.length) - userIds.length;
      if (left > 0 && bulk?.leftOut) {
        notify.success(`${plural(userIds.length, one, many)} selected.`, { description: bulk.leftOut(left) });
      }
    },
    onError: (error) => {
      onPending(false);
      notify.failure("Could not select all that match.", { description: error.message });
    },
  });
  const wholePage = onPage.length > 0 && onPage.every((id) => selection.has(id));
  if (bulk?.everything === undefined || selection.all) return null;
  if (!wholePage || !morePages || selection.ids.length > onPage.length) return null;
  const few = bulk.matching !== undefined && (count === undefined || (!count.capped && count.count <= TICKED_AT_ONCE));
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-ink-muted">
      <span className="max-md:hidden">All {formatCount(onPage.length)} on this page are selected.</span>
      <Button
        size="sm"
        pending={matching.isPending}
        onClick={() => {
          if (few) {
            matching.mutate(meant);
            return;
          }
          focusBulkActs();
          selection.selectAll();
        }}
      >
        {count === undefined ? "Select all that match" : `Select all ${countText(count)} that match`}
      </Button>
    </span>
  );
}
