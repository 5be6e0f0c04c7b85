import { z } from "zod";
import { listOf } from "../input/list";
import { formText, limitedText, mustBe } from "../input/text";

/** What operators keep of the console's lists: views, and which columns they want to see. Browser-safe. */

/** Lists with columns to choose from; those that are pages have views as well. */
export const KEPT_LISTS = [
  "users",
  "bans",
  "deleted-users",
  "groups",
  "members",
  "audit-log",
  "deliveries",
  "jobs",
  "test-runs",
] as const;
export type KeptList = (typeof KEPT_LISTS)[number];
const ListSchema = z.enum(KEPT_LISTS);

export const VIEW_NAME_MAX = 64;
/** Views of one list that one operator may have in an environment. */
export const VIEWS_MAX = 50;

const view = {
  name: formText({ min: 1, max: VIEW_NAME_MAX, missing: "Enter a name." }),
  /** The list's address without "?", as the list writes it: search, filters, order, columns. */
  query: limitedText({ characters: 2_000 }, { empty: true }),
  /** Whether the environment's other operators see it. */
  shared: z.boolean(),
};

export const SaveViewSchema = z.object({ list: ListSchema, ...view });
export type SaveViewInput = z.input<typeof SaveViewSchema>;

const ViewIdSchema = limitedText({ bytes: 32 }, { empty: false });

/** `version` is that of the view as the page showed it. */
export const ChangeViewSchema = z.object({ list: ListSchema, viewId: ViewIdSchema, version: z.int(), ...view });
export type ChangeViewInput = z.input<typeof ChangeViewSchema>;

export const ViewKeySchema = z.object({ list: ListSchema, viewId: ViewIdSchema });
export type ViewKey = z.input<typeof ViewKeySchema>;

export const ListViewsSchema = z.object({ list: ListSchema });

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
  /** The name as of when it was saved. */
  readonly owner: { readonly id: string; readonly name: string };
  readonly version: number;
}

/** A view as one operator sees it. */
export interface ShownView extends SavedView {
  readonly own: boolean;
  /** Whether this operator may rename, change and delete it. */
  readonly mayChange: boolean;
}

/** Columns by their ids; null: those that the list shows by itself. */
export const ChooseColumnsSchema = z.object({
  list: ListSchema,
  columns: listOf(limitedText({ bytes: 32 }, { empty: false }), {
    max: 50,
    wrong: mustBe("a list of columns"),
    size: "Must have at most 50 entries.",
  }).nullable(),
});
export type ChooseColumnsInput = z.input<typeof ChooseColumnsSchema>;

/** The columns that an operator has chosen, by list. */
export type ChosenColumns = Readonly<Partial<Record<KeptList, readonly string[]>>>;
