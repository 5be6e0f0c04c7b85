"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { countText, plural } from "@/components/ui/count-text";
import type { ActionResult } from "@/lib/console/action-result";
import type { CappedCount, Page } from "@/lib/core/paging/page-size";
import { ListBulkBar, useListSelection } from "./bulk-bar";
import type { ListState } from "./column";
import { ColumnsMenu } from "./columns-menu";
import { DataTable, type DataTableProps } from "./data-table";
import { ExportMenu } from "./export-menu";
import { List, useList } from "./list";
import { isNarrowed, searchText } from "./list-address";
import { headerOf, shownColumns } from "./list-columns";
import type { ListAddress, ListDefinition, ListQuery } from "./list-definition";
import { ListHeader } from "./list-header";
import { ListFailed, NoMatch, PageIsEmpty } from "./list-states";
import { ListTabs } from "./list-tabs";
import { ListToolbar } from "./list-toolbar";
import { viewText } from "./list-view";
import { NewerRows } from "./newer-rows";
import { Pager } from "./pager";
import { PeekProvider } from "./peek";
import { RefreshButton } from "./refresh-button";
import { useColumns } from "./use-columns";
import { ViewsMenu } from "./views-menu";

/** A page of rows, with the order they are in where that is not always the one asked for. */
interface ListPage<Row> extends Page<Row> {
  readonly order?: string;
}

interface ScreenProps<Row, Query extends ListQuery> {
  query: Query;
  page: ActionResult<ListPage<Row>>;
  /** Names the table where the definition's caption is too general: "Members of team-7". */
  caption?: string;
  /** Under the page's heading, instead of the definition's words. */
  description?: ReactNode;
  /** Before the filters: the heading of a list that is a part of a page. */
  heading?: ReactNode;
  /** Buttons: before Refresh in the page's heading; where the list is no page of its own, at the end of the toolbar. */
  actions?: ReactNode;
  /** The one primary button of the page. The empty state shows it instead of the heading. */
  primary?: ReactNode;
  /** Sentences between toolbar and table. */
  notes?: ReactNode;
  /** How many rows match on all pages; null while that is not known. Absent: only the number on this page is said. */
  count?: CappedCount | null;
  /** After the number of rows: what of them a figure elsewhere does not count. */
  countDetail?: string;
  /** Where the newest row was when the page was read; null: that could not be read. */
  newest?: string | null;
  /** What an export asks for, where it is not what the address says. */
  exportFilter?: Readonly<Record<string, string | undefined>>;
  /** Where else to look, when search or filters leave nothing. */
  elsewhere?: ReactNode;
  /** Numbers on the tabs, by their value; false: this operator has no tabs. */
  tabs?: Readonly<Record<string, string | undefined>> | false;
  /** Columns that this operator has no use for. */
  without?: readonly string[];
  /** Panels and dialogs. */
  children?: ReactNode;
}

type ListScreenProps<Row, Query extends ListQuery, Given> = ScreenProps<Row, Query> & {
  list: ListDefinition<Row, Query, Given>;
} & (undefined extends Given ? { given?: Given } : { given: Given });

/** A list: heading, tabs, toolbar, chips, table, pager and bulk bar, as its definition says. */
export function ListScreen<Row, Query extends ListQuery, Given = undefined>(props: ListScreenProps<Row, Query, Given>) {
  return (
    <List>
      {props.list.peek === undefined ? (
        <Screen {...props} given={props.given as Given} />
      ) : (
        <PeekProvider>
          <Screen {...props} given={props.given as Given} />
        </PeekProvider>
      )}
    </List>
  );
}

type Inner<Row, Query extends ListQuery, Given> = ScreenProps<Row, Query> & {
  list: ListDefinition<Row, Query, Given>;
  given: Given;
};

function Screen<Row, Query extends ListQuery, Given>(props: Inner<Row, Query, Given>) {
  const { list, query, page: result, given, actions, primary, tabs, count, heading } = props;
  const sortNote = useId();
  const page = result.ok ? result.data : null;
  const rows = page?.rows ?? [];
  const search = searchText(list, query);
  const state = stateOf(list, query, page);
  const chosen = list.search?.sortable === true && page !== null && page.order !== "relevance";
  const order = search === "" || chosen ? undefined : list.search?.order;
  const sortingIsOff = order !== undefined && list.search?.sortable !== true;
  const hasTabs = list.tabs !== undefined && tabs !== false;
  const newer =
    list.newer === undefined ||
    props.newest == null ||
    query.cursor !== undefined ||
    list.newer.when?.(query) === false ? null : (
      <NewerRows
        list={list.newer.list}
        row={list.row}
        after={props.newest}
        filter={filterText(props.exportFilter ?? shownFilter(list, query))}
      />
    );
  const choice = useColumns(list, query, props.without);
  const hidden = [...(props.without ?? []), ...(choice?.hidden ?? [])];
  const columns =
    choice === null || state === "empty" ? null : (
      <ColumnsMenu
        choice={choice}
        headers={new Map(list.columns.map((column) => [column.id, headerOf(column, query)] as const))}
      />
    );
  const keptList = list.kept;
  const views =
    list.views === true && keptList !== undefined && choice !== null ? (
      <ViewsMenu list={{ ...list, kept: keptList }} query={query} columns={choice.text} />
    ) : null;
  const total = page && count ? countWords(list.row, count, isNarrowed(list, query)) + (props.countDetail ?? "") : "";
  const exporting =
    list.exported === undefined || state === "empty" ? null : (
      <ExportMenu
        list={list.exported}
        what={total || sentenceStart(list.row[1])}
        filter={props.exportFilter ?? shownFilter(list, query)}
      />
    );
  const trailing = list.pageHeading ? null : exporting === null && columns === null ? (
    actions
  ) : (
    <>
      {newer}
      {actions}
      {columns}
      {exporting}
    </>
  );
  const hasToolbar = list.search !== undefined || list.filters !== undefined || Boolean(heading) || Boolean(trailing);
  const onThisPage = page === null ? "" : `${plural(rows.length, ...list.row)} on this page`;

  const table: DataTableProps<Row> = {
    caption: props.caption ?? list.caption,
    columns: shownColumns(list, query, given, hidden),
    rows,
    rowId: (row) => list.rowId(row),
    testIdPrefix: list.testId,
    peek: list.peek,
    state,
    sort: sortingIsOff ? null : (page?.order ?? query.sort ?? null),
    sortOffReason: sortingIsOff ? sortNote : undefined,
    footer:
      page && query.size !== undefined && (rows.length > 0 || page.previous !== null) ? (
        <Pager previous={page.previous} next={page.next} size={query.size}>
          {onThisPage}
          {list.order ? `, ${list.order(query)}` : null}
        </Pager>
      ) : null,
    children: !result.ok ? (
      <ListFailed what={list.what ?? list.row[1]} error={result.error} />
    ) : rows.length > 0 ? null : query.cursor !== undefined ? (
      <PageIsEmpty />
    ) : isNarrowed(list, query) ? (
      <NoMatch list={list} query={query} elsewhere={props.elsewhere} />
    ) : (
      list.empty(query, given, primary)
    ),
  };

  return (
    <div>
      {list.pageHeading ? (
        <ListHeader
          page={list.pageHeading}
          count={count && !hasToolbar ? countText(count) : undefined}
          description={props.description}
          actions={
            <>
              {newer}
              {actions}
              {columns}
              {exporting}
              <RefreshButton />
              {state === "empty" ? null : primary}
            </>
          }
        />
      ) : null}
      {hasTabs ? <ListTabs list={list} query={query} numbers={tabs ?? {}} /> : null}
      {hasToolbar && count !== undefined ? null : (
        <p role="status" className="sr-only">
          {count === undefined ? onThisPage : total}
        </p>
      )}
      <div className={cn("flex flex-col gap-2.5 not-empty:mb-3", hasTabs && "mt-3")}>
        {hasToolbar ? (
          <ListToolbar list={list} query={query} heading={heading} views={views}>
            {count === undefined ? null : (
              <p role="status" className="text-13 text-ink-muted tabular-nums">
                {total}
              </p>
            )}
            {trailing}
          </ListToolbar>
        ) : null}
        {order === undefined ? null : (
          <p id={sortNote} className="text-ink-muted text-xs">
            Sorted {order}. {sortingIsOff ? "Sorting is off while you search." : "Choose a column to sort by it."}
          </p>
        )}
        {search !== "" && chosen ? <BackToRelevance /> : null}
        {props.notes}
      </div>
      {list.bulk && list.bulk.when?.(query) !== false ? (
        <Selectable {...props} table={table} />
      ) : (
        <DataTable {...table} />
      )}
      {props.children}
    </div>
  );
}

/** What the list shows, as its address spells it: tab, search, filters and order. */
function shownFilter<Query extends ListQuery>(list: ListAddress<Query>, query: Query): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(viewText(list, query, null)));
}

/** Filters as the server reads them, as a query string. */
function filterText(filter: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
}

/** The way back from a column to the best matches first. */
function BackToRelevance() {
  const { go } = useList();
  return (
    <div>
      <Button size="sm" onClick={() => go({ sort: null })}>
        Sort by relevance
      </Button>
    </div>
  );
}

/** What the list shows; `page` is null when it could not be read. */
function stateOf<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
  page: ListPage<Row> | null,
): ListState {
  if (page === null) return "error";
  if (page.rows.length > 0) return "ready";
  const { tabs } = list;
  const part = tabs?.narrows === true && query[tabs.name] !== list.defaults[tabs.name];
  return part || query.cursor !== undefined || isNarrowed(list, query) ? "no-match" : "empty";
}

function Selectable<Row, Query extends ListQuery, Given>({
  list,
  query,
  page,
  count,
  table,
}: Inner<Row, Query, Given> & { table: DataTableProps<Row> }) {
  const selection = useListSelection(list, query);
  const { next, previous } = page.ok ? page.data : { next: null, previous: null };
  const tickId = (row: Row) => list.bulk?.tickId?.(row) ?? list.rowId(row);
  const unselectable = (row: Row) => list.bulk?.unselectable?.(row) ?? null;
  const onPage = table.rows.filter((row) => unselectable(row) === null).map(tickId);
  // Who takes one row out of everything goes on with the others of this page.
  const ticking = selection.all
    ? { ...selection, set: (ids: readonly string[]) => selection.replace(onPage.filter((id) => !ids.includes(id))) }
    : selection;
  return (
    <>
      <DataTable {...table} selection={ticking} tickId={tickId} unselectable={unselectable} />
      <ListBulkBar
        list={list}
        query={query}
        selection={selection}
        rows={table.rows}
        count={count ?? undefined}
        morePages={next !== null || previous !== null}
      />
    </>
  );
}

const sentenceStart = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** "1,204 users", "24 users match", "10,000+ users match". */
function countWords([one, many]: readonly [string, string], count: CappedCount, narrowed: boolean): string {
  const single = count.count === 1 && !count.capped;
  return `${countText(count)} ${single ? one : many}${narrowed ? (single ? " matches" : " match") : ""}`;
}
