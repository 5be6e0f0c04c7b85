"use client";

import { useList } from "./list";
import { textOf } from "./list-address";
import type { ChoiceFilter, ListDefinition, ListQuery } from "./list-definition";

export interface FiltersProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given>;
  query: Query;
}

export interface ChoiceProps<Query extends ListQuery> {
  filter: ChoiceFilter<Query>;
  query: Query;
  /** The value that lets everything through; "" when the address names none for it. */
  fallback: string;
}

/** What a filter of choices offers, and what is chosen. */
export function useChoice<Query extends ListQuery>({ filter, query, fallback }: ChoiceProps<Query>) {
  const { go } = useList();
  const words = Object.entries(filter.options as Readonly<Record<string, string>>);
  const value = textOf(query, filter.name);
  const options = [[fallback, filter.any] as const, ...words];
  return {
    value,
    // A link may name a value that is not offered, such as one error code among the results.
    options: options.some(([known]) => known === value) ? options : [...options, [value, value] as const],
    choose: (next: string) => go({ [filter.name]: next === fallback ? null : next }),
  };
}
