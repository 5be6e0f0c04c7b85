import { absoluteTime, type Clock, clockTime, fullDayText, SERVER_CLOCK } from "@/components/ui/time-format";
import type { ListAddress, ListQuery, ListTabs } from "./list-definition";
import type { ListChange } from "./list-url";

export interface FilterChip {
  /** What is filtered, in words: "Status: Banned". */
  readonly text: string;
  /** The change that removes it. */
  readonly remove: ListChange;
}

/** The value of one name as it stands in an address; "" when it does not. */
export function textOf<Query extends ListQuery>(query: Query, name: keyof Query & string): string {
  const value: unknown = query[name];
  return value === undefined || value === null ? "" : String(value);
}

/** The name of the search in the address. */
export function searchName<Query extends ListQuery>(list: ListAddress<Query>): (keyof Query & string) | null {
  return list.search === undefined ? null : (list.search.name ?? "q");
}

/** The search in force, "" when there is none. */
export function searchText<Query extends ListQuery>(list: ListAddress<Query>, query: Query): string {
  const name = searchName(list);
  return name === null ? "" : textOf(query, name);
}

/** "3 May 2026", of a day, which is one of UTC; of a time of day "3 May 2026, 08:30", and " UTC" where no page names the zone. */
function momentWords(moment: string, clock: Clock | null): string {
  if (!moment.includes("T")) {
    return fullDayText(new Date(`${moment}T00:00:00Z`), { ...(clock ?? SERVER_CLOCK), timeZone: "UTC" });
  }
  const at = new Date(moment);
  return clock === null ? absoluteTime(at) : clockTime(at, clock);
}

/** The filters in force, in words, each with the change that removes it. `clock`: the reader's; null on the server. */
export function filterChips<Query extends ListQuery>(
  list: ListAddress<Query>,
  query: Query,
  clock: Clock | null = null,
): FilterChip[] {
  const defaults = list.defaults;
  const inForce = (name: keyof Query & string) => query[name] !== defaults[name];
  const chips: FilterChip[] = [];
  const add = (text: string, ...names: ReadonlyArray<keyof Query & string>) =>
    chips.push({ text, remove: Object.fromEntries(names.map((name) => [name, null])) });
  for (const filter of list.filters ?? []) {
    if (filter.kind === "own") {
      const text = filter.chip(query);
      if (text !== null) add(text, ...filter.names);
    } else if (filter.kind === "days") {
      if (inForce(filter.from))
        add(`${filter.label} from: ${momentWords(textOf(query, filter.from), clock)}`, filter.from);
      if (inForce(filter.to)) add(`${filter.label} up to: ${momentWords(textOf(query, filter.to), clock)}`, filter.to);
    } else if (inForce(filter.name)) {
      const value = textOf(query, filter.name);
      if (filter.kind === "linked" || filter.kind === "text") add(`${filter.label}: ${value}`, filter.name);
      else if (filter.when?.(query) !== false) {
        const word = wordOf(filter.options, value);
        add(filter.chip?.(word) ?? `${filter.label}: ${word}`, filter.name);
      }
    }
  }
  return chips;
}

/** Whether search or filters leave out rows. */
export function isNarrowed<Query extends ListQuery>(list: ListAddress<Query>, query: Query): boolean {
  return searchText(list, query) !== "" || filterChips(list, query).length > 0;
}

/** The word of a value; one without a word speaks for itself. */
function wordOf(words: Readonly<Record<string, string | undefined>>, value: string): string {
  return (Object.hasOwn(words, value) ? words[value] : undefined) ?? value;
}

/** The change that removes every filter and leaves the search. */
export function clearedFilters(chips: readonly FilterChip[]): ListChange {
  return Object.assign({}, ...chips.map((chip) => chip.remove)) as ListChange;
}

/** What leaves nothing, in words: "No users match “ali”, status Banned". */
export function noMatchWords(many: string, search: string, chips: readonly FilterChip[]): string {
  const parts = chips.map(({ text }) => text.charAt(0).toLowerCase() + text.slice(1).replace(": ", " "));
  return `No ${many} match ${[...(search === "" ? [] : [`“${search}”`]), ...parts].join(", ")}`;
}

/** What of the address decides which rows are meant: tab, search and filters. */
function filteredNames<Query extends ListQuery>(list: ListAddress<Query>): ReadonlyArray<keyof Query & string> {
  const search = searchName(list);
  return [
    ...(list.tabs ? [list.tabs.name] : []),
    ...(search === null ? [] : [search]),
    ...(list.filters ?? []).flatMap((filter): ReadonlyArray<keyof Query & string> => {
      if (filter.kind === "own") return filter.names;
      return filter.kind === "days" ? [filter.from, filter.to] : [filter.name];
    }),
  ];
}

/**
 * Which rows a query means, whatever their order and page: its tab, search and filters as a query string. Two queries
 * with the same text show the same rows.
 */
export function rowsMeant<Query extends ListQuery>(list: ListAddress<Query>, query: Query): string {
  const defaults = list.defaults;
  const params = new URLSearchParams();
  for (const name of filteredNames(list)) {
    if (query[name] !== defaults[name]) params.set(name, textOf(query, name));
  }
  return params.toString();
}

/** Those values of an address that say which rows are meant. */
export function namedIn<Query extends ListQuery>(list: ListAddress<Query>, params: URLSearchParams): Partial<Query> {
  const named = filteredNames(list).filter((name) => params.has(name));
  return Object.fromEntries(named.map((name) => [name, params.get(name)])) as Partial<Query>;
}

/** The values of the tabs in order, with their words; "" is the tab that the schema has no value for. */
export function tabChoices<Query>(tabs: ListTabs<Query>): Array<readonly [value: string, word: string]> {
  const words = Object.entries(tabs.options as Readonly<Record<string, string>>);
  return tabs.any === undefined ? words : [["", tabs.any], ...words];
}
