import type { BrowserName } from "@/lib/console/browser-names";
import { namedIn, rowsMeant } from "./list-address";
import type { ListAddress, ListColumn, ListQuery } from "./list-definition";
import type { ListChange } from "./list-url";

/** The name of the chosen columns in a list's address, and the value that stands for none of them. */
export const COLUMNS_PARAM = "cols" satisfies BrowserName;
const NO_COLUMNS = "-";
/** The name of the open view. */
export const VIEW_PARAM = "view";

/** Whether an operator may leave a column out: not what names the row, nor its acts. */
export const isOptional = (column: Pick<ListColumn<never, never, never>, "rowHeader" | "hiddenHeader">): boolean =>
  column.rowHeader !== true && column.hiddenHeader !== true;

/** The columns that an address names; null where it names none that the list has. */
export function columnsOfAddress(text: string | null, known: readonly string[]): string[] | null {
  if (text === null) return null;
  if (text === NO_COLUMNS) return [];
  const named = text.split(",").filter((id) => known.includes(id));
  return named.length === 0 ? null : named;
}

/** Chosen columns as they stand in an address; null: all of them, which it need not say. */
export function columnsText(chosen: readonly string[] | null, known: readonly string[]): string | null {
  if (chosen === null || known.every((id) => chosen.includes(id))) return null;
  return chosen.length === 0 ? NO_COLUMNS : known.filter((id) => chosen.includes(id)).join(",");
}

/** What a view keeps of a list, as the address spells it: tab, search, filters, order, columns. Not the page, nor its size. */
export function viewText<Query extends ListQuery>(
  list: ListAddress<Query>,
  query: Query,
  columns: string | null,
): string {
  const params = new URLSearchParams(rowsMeant(list, query));
  if (query.sort !== undefined && query.sort !== list.defaults.sort) params.set("sort", query.sort);
  if (columns !== null) params.set(COLUMNS_PARAM, columns);
  params.sort();
  return params.toString();
}

/** The same of an address, without the names and orders that the list has no longer. */
export function viewTextOf<Query extends ListQuery>(
  list: ListAddress<Query> & { readonly columns?: ReadonlyArray<{ readonly sort?: string }> },
  address: string,
): string {
  const params = new URLSearchParams(address);
  const sorts = (list.columns ?? []).flatMap(({ sort }) => (sort === undefined ? [] : [sort.replace(/^-/, "")]));
  const sort = params.get("sort") ?? "";
  const kept = sorts.includes(sort.replace(/^-/, "")) ? { sort } : {};
  const query = { ...list.defaults, ...namedIn(list, params), ...kept };
  return viewText(list, query, params.get(COLUMNS_PARAM));
}

/** The change of an address that shows a view. What belongs to the browser's tab stays: `size`, `live`. */
export function showView(search: string, view: { readonly id: string; readonly query: string } | null): ListChange {
  const stays = new Set(["size", "live"]);
  const gone = [...new URLSearchParams(search).keys()].filter((name) => !stays.has(name)).map((name) => [name, null]);
  const params = view === null ? [] : [...new URLSearchParams(view.query)];
  return {
    ...Object.fromEntries(gone),
    ...Object.fromEntries(params),
    [VIEW_PARAM]: view?.id ?? null,
  };
}
