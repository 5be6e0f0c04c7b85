import type { Column } from "./column";
import type { ListColumn, ListDefinition, ListQuery } from "./list-definition";

/** The columns that a query shows, but for those that this operator has no use for. */
export function columnsFor<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
  without: readonly string[] = [],
): Array<ListColumn<Row, Query, Given>> {
  return list.columns.filter((column) => !without.includes(column.id) && column.when?.(query) !== false);
}

/** A column's header for this query. */
export function headerOf<Row, Query, Given>({ header }: ListColumn<Row, Query, Given>, query: Query): string {
  return typeof header === "string" ? header : header(query);
}

/** The same columns as the table takes them. */
export function shownColumns<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
  given: Given,
  without?: readonly string[],
): Array<Column<Row>> {
  return columnsFor(list, query, without).map(({ sort, when: _when, ...column }) => ({
    ...column,
    sort,
    header: headerOf(column as ListColumn<Row, Query, Given>, query),
    cell: (row) => column.cell(row, given),
  }));
}
