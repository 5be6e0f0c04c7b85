"use client";

import { type ReactNode, useCallback, useRef } from "react";
import { useShortcut } from "@/components/layout/shortcuts";
import { useReadersClock } from "@/components/ui/time";
import { FilterChips } from "./filter-chips";
import { Filters } from "./filter-controls";
import { filterChips, searchName, searchText } from "./list-address";
import type { ListDefinition, ListQuery } from "./list-definition";
import { SearchField } from "./search-field";

interface ListToolbarProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given>;
  query: Query;
  /** Before the filters. */
  heading: ReactNode;
  /** The menu of views. */
  views: ReactNode;
  /** At the end of the row. */
  children: ReactNode;
}

/** Search and filters in one row, and below it the chips of what is in force. `/` leads to the search, else to the first filter. */
export function ListToolbar<Row, Query extends ListQuery, Given>(props: ListToolbarProps<Row, Query, Given>) {
  const { list, query, heading, views, children } = props;
  const filters = useRef<HTMLElement>(null);
  useShortcut(
    "/",
    useCallback(() => {
      const control = filters.current?.querySelector<HTMLElement>("input, select, button");
      control?.focus();
      if (control instanceof HTMLInputElement) control.select();
    }, []),
    useCallback(() => filters.current !== null, []),
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {heading}
        {list.search || list.filters ? (
          <search
            ref={filters}
            data-slash
            aria-label={`Filters of ${list.what ?? list.row[1]}`}
            // Its controls stand in the row itself, so that on a phone the number finds room beside them.
            className="contents"
          >
            {list.search ? (
              <SearchField
                label={list.search.label}
                hint={list.search.hint}
                maxLength={list.search.maxLength}
                givesUpSort={list.search.sortable}
                param={searchName(list) ?? undefined}
                value={searchText(list, query)}
              />
            ) : null}
            <Filters list={list} query={query} />
          </search>
        ) : null}
        {views}
        <div className="ml-auto flex flex-wrap items-center gap-2 empty:hidden">{children}</div>
      </div>
      <FilterChips chips={filterChips(list, query, useReadersClock())} />
    </>
  );
}
