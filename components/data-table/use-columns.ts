"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useKeptLists } from "./kept-lists";
import { columnsFor } from "./list-columns";
import type { ListDefinition, ListQuery } from "./list-definition";
import { COLUMNS_PARAM, columnsOfAddress, columnsText, isOptional } from "./list-view";

export interface ColumnChoice {
  /** As they stand in the address; null: all of them. */
  readonly text: string | null;
  /** Ids of the columns that are left out. */
  readonly hidden: readonly string[];
  /** Those to choose from, with whether they are shown. */
  readonly options: ReadonlyArray<{ readonly id: string; readonly shown: boolean }>;
  toggle(id: string, shown: boolean): void;
  /** All of them again. */
  reset(): void;
}

/**
 * Which columns a list shows: those of its address, so that a link shows the same to everybody, else those that the operator chose
 * last, which then stand in the address too. Null where there is nothing to choose.
 */
export function useColumns<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
  without?: readonly string[],
): ColumnChoice | null {
  const kept = useKeptLists();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const known = list.columns.filter(isOptional).map(({ id }) => id);
  const named = columnsOfAddress(new URLSearchParams(search).get(COLUMNS_PARAM), known);
  const own = list.kept === undefined ? undefined : kept?.columns[list.kept];
  const chosen =
    list.kept === undefined || kept === null ? null : (named ?? own?.filter((id) => known.includes(id)) ?? null);
  const text = columnsText(chosen, known);
  const address = addressWith(pathname, search, text);
  const isMissing = named === null && text !== null;
  useEffect(() => {
    if (isMissing) window.history.replaceState(null, "", address);
  }, [isMissing, address]);
  const { kept: name } = list;
  if (kept === null || name === undefined) return null;

  const show = (columns: readonly string[] | null) => {
    const next = columnsText(columns, known);
    window.history.replaceState(null, "", addressWith(pathname, search, next));
    kept.choose(name, next === null ? null : columns);
  };
  const shown = (id: string) => chosen === null || chosen.includes(id);
  return {
    text,
    hidden: known.filter((id) => !shown(id)),
    options: columnsFor(list, query, without)
      .filter(isOptional)
      .map(({ id }) => ({ id, shown: shown(id) })),
    toggle: (id, on) => show(known.filter((other) => (other === id ? on : shown(other)))),
    reset: () => show(null),
  };
}

function addressWith(pathname: string, search: string, columns: string | null): string {
  const params = new URLSearchParams(search);
  if (columns === null) params.delete(COLUMNS_PARAM);
  else params.set(COLUMNS_PARAM, columns);
  const text = params.toString();
  return text === "" ? pathname : `${pathname}?${text}`;
}
