import type { ComponentType, ReactNode } from "react";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import type { ExportedList } from "@/lib/core/exports/schema";
import type { NewerList } from "@/lib/core/newer/schema";
import type { KeptList } from "@/lib/core/views/schema";
import type { Column } from "./column";

/** What the address of every list may hold. The values are those that the list's Zod schema in the core reads. */
export interface ListQuery {
  readonly q?: string;
  readonly sort?: string;
  readonly size?: number;
  readonly cursor?: string;
}

type Name<Query> = keyof Query & string;

/** A word for each value that is offered, in this order. Only what the schema reads can stand here. */
type Words<Value> = { readonly [V in Exclude<Value, undefined> & string]?: string };

/** One of a few values. */
export type ChoiceFilter<Query> = {
  [N in Name<Query>]: {
    readonly kind: "choice";
    /** In the address. */
    readonly name: N;
    /** Names the control, and begins the chip: "Status: Banned". */
    readonly label: string;
    /** The word of the value that lets everything through. */
    readonly any: string;
    readonly options: Words<Query[N]>;
    /** The heading under which a value is offered, where there are many. */
    readonly groupOf?: (value: string) => string;
    /** The chip's text, where it is not label and word. */
    readonly chip?: (word: string) => string;
    /** Whether it is offered and counts; absent: always. */
    readonly when?: (query: Query) => boolean;
    /** Below `/api/apps/{app}/{env}/`: answers how many rows each value would leave, as `{value: CappedCount}`. */
    readonly counts?: string;
    /** In a box of filters: a list to choose from instead of radio buttons. */
    readonly compact?: boolean;
  };
}[Name<Query>];

/** An exact value that is typed. */
export interface TextFilter<Query> {
  readonly kind: "text";
  readonly name: Name<Query>;
  readonly label: string;
  readonly hint?: string;
  readonly maxLength: number;
}

/** From one day to another, both included, in UTC; either may be open. */
export interface DaysFilter<Query> {
  readonly kind: "days";
  readonly from: Name<Query>;
  readonly to: Name<Query>;
  /** "Created": the fields are "Created from" and "Created up to". */
  readonly label: string;
}

/** What only links set, such as "filter by this actor": without a control, with a chip. */
interface LinkedFilter<Query> {
  readonly kind: "linked";
  readonly name: Name<Query>;
  readonly label: string;
}

/** A filter with words or a control of its own. */
interface OwnFilter<Query> {
  readonly kind: "own";
  /** What of the address it reads and its chip removes. */
  readonly names: ReadonlyArray<Name<Query>>;
  /** The filter in words; null when it is not in force. */
  chip(query: Query): string | null;
  readonly Control?: ComponentType<{ query: Query }>;
}

export type Filter<Query> =
  | ChoiceFilter<Query>
  | DaysFilter<Query>
  | TextFilter<Query>
  | LinkedFilter<Query>
  | OwnFilter<Query>;

/** Lists of their own under one heading. A tab's link keeps the page size and drops search and filters. */
export type ListTabs<Query> = {
  [N in Name<Query>]: {
    readonly name: N;
    readonly label: string;
    /** The word of the tab that the address need not name, where the schema has no value for it. */
    readonly any?: string;
    readonly options: Words<Query[N]>;
    /** Another tab than the first shows a part of the same rows: an empty one is "no-match", not "empty". */
    readonly narrows?: boolean;
  };
}[Name<Query>];

/** What of a list stands in its address: enough to read one, and to say what it leaves out. Works on the server too. */
export interface ListAddress<Query extends ListQuery> {
  /** What an address without anything in it means, as the core's schema reads it. The schema itself stays on the server. */
  readonly defaults: Query;
  readonly tabs?: ListTabs<Query>;
  readonly search?: {
    /** In the address; absent: `q`. */
    readonly name?: Name<Query>;
    /** "Search users" */
    readonly label: string;
    /** "Name, ID, e-mail or unique ID" */
    readonly hint: string;
    readonly maxLength?: number;
    /** The order while searching, unless a column is chosen. */
    readonly order?: string;
    /** A column may be chosen; absent: sorting is off while searching. */
    readonly sortable?: true;
    /** How the text is read, where it finds nothing. */
    readonly reads?: string;
  };
  readonly filters?: ReadonlyArray<Filter<Query>>;
}

/** The heading of a page that is a list. */
export interface ListHeading {
  readonly title: string;
  readonly description?: ReactNode;
  /** The part of the menu that it stands in, for the breadcrumb: "Chat". */
  readonly under?: string;
}

/** A column of a list. */
export interface ListColumn<Row, Query, Given> extends Omit<Column<Row>, "header" | "sort" | "cell"> {
  readonly header: string | ((query: Query) => string);
  /** The first click's value of `sort`; the next one turns it round. Only where an index gives the order. */
  readonly sort?: Query extends { readonly sort: infer Sort } ? Sort & string : never;
  /** Whether this query shows the column; absent: always. */
  when?(query: Query): boolean;
  cell(row: Row, given: Given): ReactNode;
}

/** The ticked rows: those of other pages too. */
export interface Ticked<Row> {
  readonly ids: readonly string[];
  /** Those of them that are on this page. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Everything that the list shows on all of its pages, in words of its address; null: the rows that are ticked. */
  readonly everything: BulkSelectionInput | null;
  /** After an act that has taken them on. */
  clear(): void;
}

interface ListBulk<Row, Query> {
  /** Whether this query's rows can be ticked; absent: always. */
  when?(query: Query): boolean;
  /** What is ticked of a row, where it is not the row's id: whom an act is about. */
  tickId?(row: Row): string;
  /** Why this row cannot be ticked; null when it can. */
  unselectable?(row: Row): string | null;
  /** The list's name for jobs, which choose everything that it shows. Absent: only pages can be ticked. */
  readonly everything?: Exclude<BulkSelectionInput["by"], "ids">;
  /** Below `/api/apps/{app}/{env}/`: answers the ids of all rows that match, where they are few, so that they are ticked. */
  readonly matching?: string;
  /** Says of how many that match but cannot be ticked. */
  leftOut?(count: number): string;
  /** The acts of the bar. Each asks first. */
  readonly Acts: ComponentType<{ ticked: Ticked<Row> }>;
}

/**
 * A list, once: its address, words, columns and acts. Screen, toolbar, chips, skeleton and "clear" derive from it.
 *
 * A module with definitions has no "use client": pages and `loading.tsx` import it on the server, screens in the browser.
 * So it calls nothing of a client module while it loads; in cells it may render what it likes.
 *
 * `Given` is what cells and the empty state need besides the row, such as the group whose members these are.
 */
export interface ListDefinition<Row, Query extends ListQuery = ListQuery, Given = undefined>
  extends ListAddress<Query> {
  /** The page's heading, where the list is a page. */
  readonly pageHeading?: ListHeading;
  /** Names the region and the table. */
  readonly caption: string;
  /** One row and several, in words: "user", "users". */
  readonly row: readonly [one: string, many: string];
  /** "Could not load {what}"; absent: the plural. */
  readonly what?: string;
  /** Rows get `data-testid="{testId}-{rowId}"`. */
  readonly testId: string;
  rowId(row: Row): string;
  readonly columns: ReadonlyArray<ListColumn<Row, Query, Given>>;
  /** The user whom Space shows beside the list; absent: the rows are no users. */
  peek?(row: Row): string;
  /** Can be downloaded under this name, as its address shows it (lib/core/exports). */
  readonly exported?: ExportedList;
  /** Under this name operators keep which columns they want to see. */
  readonly kept?: KeptList;
  /** They keep views of it as well. */
  readonly views?: true;
  /** While it stands open it says how many rows have come since (lib/core/newer). `when`: whether it does for this query. */
  readonly newer?: { readonly list: NewerList; when?(query: Query): boolean };
  /** The filters stand in a box behind a button, not in the toolbar. */
  readonly folded?: boolean;
  /** The order in words, at the pager, where no column sorts: "soonest end first". */
  order?(query: Query): string;
  readonly bulk?: ListBulk<Row, Query>;
  /** Shown where there has never been a row; `primary` is the page's main button, which stands here then. */
  empty(query: Query, given: Given, primary: ReactNode): ReactNode;
}
