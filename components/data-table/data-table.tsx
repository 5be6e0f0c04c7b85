"use client";

import { type ReactNode, type RefObject, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { StillReading } from "@/components/failure/still-reading";
import { cn } from "@/components/ui/class-names";
import type { Column, ListState } from "./column";
import { useList } from "./list";
import { PeekButton, usePeek } from "./peek";
import { leaveAt, useFocusRescue, useReturnToPlace } from "./place";
import { openRow, useRowKeys } from "./row-keys";
import { SelectAll, SelectRow } from "./select-boxes";
import { idsBetween, type Selection } from "./selection";
import { SortHeader } from "./sort-header";

export interface DataTableProps<Row> {
  /** Names the region, the scroll box and the table. */
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  rowId(row: Row): string;
  /** Rows get `data-testid="{testIdPrefix}-{rowId}"`. */
  testIdPrefix: string;
  state: ListState;
  /** The sort that the rows are in, as in the URL. Null: not sorted by a column (ranked by relevance). */
  sort?: string | null;
  /** Id of the element that says why sorting is off now. */
  sortOffReason?: string;
  selection?: Selection;
  /** What is ticked of a row; absent: its id. */
  tickId?(row: Row): string;
  /** Why this row cannot be ticked; null when it can. */
  unselectable?(row: Row): string | null;
  /** The user whom Space shows beside the list. */
  peek?(row: Row): string;
  /** Shown below the header when there are no rows: the designed empty, no-match or error state. */
  children?: ReactNode;
  /** Below the scroll box: the pager. */
  footer?: ReactNode;
}

const STICKY = "z-10 bg-(--row) group-hover/row:bg-hover group-data-selected/row:bg-accent-soft";

/**
 * Where cells are held while the table scrolls sideways: the row's name at the left, its menu at the right, and the tick box
 * where there is room for it.
 */
const HELD = {
  tick: "sm:sticky sm:left-0",
  name: "sticky left-0",
  nameAfterTick: "sticky left-0 sm:left-10",
  menu: "sticky right-0",
};

const HEAD = "sticky top-(--head) z-20 bg-(--row)";

const subscribe = () => () => {};

/** False in the server's HTML, true once this part of the page answers to clicks and keys. */
function useResponds(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}

/** Whether the table is wider than its box, and so scrolls in it. */
function useScrollsSideways(box: RefObject<HTMLElement | null>, table: RefObject<HTMLTableElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const [outer, inner] = [box.current, table.current];
    if (outer === null || inner === null) return;
    const resized = new ResizeObserver(() => setScrolls(inner.offsetWidth > outer.clientWidth));
    resized.observe(outer);
    resized.observe(inner);
    return () => resized.disconnect();
  }, [box, table]);
  return scrolls;
}

/**
 * A list as a native table: caption, column headers that sort, a row header with the row's link, tick boxes, keys.
 * The header stays in sight: below the page's own, or at the top of the box where the table scrolls in one. Stands inside `<List>`. The body stays mounted while other rows are fetched; `aria-busy` says so. `data-state` is
 * "loading" until the controls respond, so that whoever waits for "ready" can go on at once.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, testIdPrefix, selection, unselectable, children, footer } = props;
  const tickId = props.tickId ?? rowId;
  const responds = useResponds();
  const state = responds ? props.state : "loading";
  const { pending } = useList();
  const table = useRef<HTMLTableElement>(null);
  const captionId = useId();
  useReturnToPlace(table);
  useFocusRescue(table, rows);
  useRowKeys(table);
  const box = useRef<HTMLElement>(null);
  const scrolls = useScrollsSideways(box, table);
  const lastTicked = useRef<string | null>(null);
  const busy = pending || state === "loading";
  const selectable = rows.filter((row) => !unselectable?.(row)).map(tickId);
  const peek = usePeek();
  const held = (column: Column<Row>) =>
    column.rowHeader ? (selection ? HELD.nameAfterTick : [HELD.name, "pl-4"]) : column.hiddenHeader ? HELD.menu : null;
  const tick = (id: string, checked: boolean, range: boolean) => {
    selection?.set(range ? idsBetween(selectable, lastTicked.current, id) : [id], checked);
    lastTicked.current = id;
  };

  return (
    <div className="overflow-clip rounded-lg border bg-surface [--row:var(--surface)]">
      <div aria-hidden className="relative h-0">
        {busy && state !== "loading" ? (
          <div className="absolute inset-x-0 top-0 z-20 h-0.5 animate-pulse bg-accent" />
        ) : null}
      </div>
      <section
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-labelledby={captionId}
        data-state={state}
        className={cn(
          "focus-inset relative",
          scrolls
            ? // So low that the box, its head and the pager below it are on the screen together.
              "max-h-[max(20rem,calc(100dvh-var(--frame-header,0px)-10rem))] overflow-auto [--head:0px]"
            : "overflow-clip [--head:var(--frame-header,0px)]",
        )}
      >
        <table ref={table} aria-busy={busy} data-list className="w-full border-separate border-spacing-0 text-13">
          <caption id={captionId} tabIndex={-1} className="sr-only">
            {caption}
          </caption>
          <thead>
            <tr>
              {selection ? (
                <th scope="col" className={cn(HEAD, HELD.tick, "z-25 h-9 w-10 min-w-10 border-b pl-3 text-left")}>
                  <SelectAll ids={selectable} selection={selection} />
                </th>
              ) : null}
              {columns.map((column) => (
                <SortHeader
                  key={column.id}
                  column={column}
                  sort={props.sort ?? null}
                  offReason={props.sortOffReason}
                  className={cn(HEAD, held(column), held(column) && "z-25", column.className)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const id = rowId(row);
              const ticked = tickId(row);
              const selected = selection?.has(ticked) === true && !unselectable?.(row);
              const peeked = peek === null ? undefined : props.peek?.(row);
              return (
                <tr
                  key={id}
                  data-row-id={id}
                  data-testid={`${testIdPrefix}-${id}`}
                  data-selected={selected || undefined}
                  data-peek={peeked}
                  onClick={openRow}
                  onClickCapture={(event) => {
                    if ((event.target as Element).closest("[data-row-link]")) leaveAt(id, event.currentTarget);
                  }}
                  className="group/row h-10 scroll-mt-10 hover:bg-hover data-selected:bg-accent-soft"
                >
                  {selection ? (
                    <td className={cn(STICKY, HELD.tick, "h-10 w-10 min-w-10 border-b pl-3 group-last/row:border-b-0")}>
                      <SelectRow
                        id={ticked}
                        checked={selected}
                        reason={unselectable?.(row) ?? null}
                        onTick={(checked, range) => tick(ticked, checked, range)}
                      />
                    </td>
                  ) : null}
                  {columns.map((column) => {
                    const Cell = column.rowHeader ? "th" : "td";
                    return (
                      <Cell
                        key={column.id}
                        scope={column.rowHeader ? "row" : undefined}
                        className={cn(
                          "h-10 border-b px-2 text-left font-normal whitespace-nowrap group-last/row:border-b-0",
                          column.align === "right" && "text-right",
                          held(column) && [STICKY, held(column)],
                          column.className,
                        )}
                      >
                        {column.rowHeader && peeked !== undefined ? (
                          <div className="flex items-center gap-1">
                            <div className="min-w-0">{column.cell(row)}</div>
                            <PeekButton userId={peeked} rowId={id} />
                          </div>
                        ) : (
                          column.cell(row)
                        )}
                      </Cell>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
        {children ? <div className="sticky left-0">{children}</div> : null}
      </section>
      {pending ? <StillReading className="px-4 text-13 text-ink-muted not-empty:border-t not-empty:py-2" /> : null}
      {footer}
    </div>
  );
}
