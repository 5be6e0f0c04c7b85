"use client";

import { Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { useReadersClock } from "@/components/ui/time";
import type { ActionError } from "@/lib/console/action-result";
import { useList } from "./list";
import { clearedFilters, filterChips, noMatchWords, searchName, searchText } from "./list-address";
import type { ListDefinition, ListQuery } from "./list-definition";

/** The rows could not be read. */
export function ListFailed({ what, error }: { what: string; error: ActionError }) {
  const { refresh } = useList();
  return <ErrorState title={`Could not load ${what}`} error={error} onRetry={refresh} />;
}

interface NoMatchProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given>;
  query: Query;
  /** Where else to look. */
  elsewhere?: ReactNode;
}

/** There are rows, and search and filters leave none of them. */
export function NoMatch<Row, Query extends ListQuery, Given>({
  list,
  query,
  elsewhere,
}: NoMatchProps<Row, Query, Given>) {
  const { go } = useList();
  const name = searchName(list);
  const search = searchText(list, query);
  const chips = filterChips(list, query, useReadersClock());
  return (
    <NoMatchState
      title={noMatchWords(list.row[1], search, chips)}
      reads={search === "" ? undefined : list.search?.reads}
      elsewhere={elsewhere}
      onClearSearch={search === "" || name === null ? undefined : () => go({ [name]: null })}
      onClearFilters={chips.length === 0 ? undefined : () => go(clearedFilters(chips))}
    />
  );
}

/** A later page that has become empty, such as after deleting its users. */
export function PageIsEmpty() {
  const { go } = useList();
  return (
    <EmptyState
      icon={Inbox}
      title="Nothing left on this page"
      actions={<Button onClick={() => go({ cursor: null })}>Go to the first page</Button>}
    />
  );
}
