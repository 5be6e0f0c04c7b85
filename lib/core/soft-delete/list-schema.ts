import { z } from "zod";
import type { Actor } from "../actor";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { SearchTextSchema } from "../users/list-schema";

export const DELETED_USER_SORTS = ["-deleted", "deleted"] as const;
export type DeletedUserSort = (typeof DELETED_USER_SORTS)[number];

const filters = {
  /** The start of an id. */
  q: SearchTextSchema,
};

/** Filters of the console's list of soft-deleted users, in the spelling of its URL. Browser-safe. */
export const DeletedUserFilterSchema = z.object(filters);
export type DeletedUserFilterInput = Partial<z.input<typeof DeletedUserFilterSchema>>;

/** The whole state of that list. Unreadable parts fall back. */
export const DeletedUserListQuerySchema = z.object({
  ...filters,
  sort: z.enum(DELETED_USER_SORTS).catch("-deleted"),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type DeletedUserListQueryInput = Partial<z.input<typeof DeletedUserListQuerySchema>>;

/** A soft deletion, as the console shows it. */
export interface SoftDeletion {
  readonly at: Date;
  /** Null where no audit entry tells it, such as for example data. */
  readonly by: { readonly kind: Actor["kind"]; readonly id: string; readonly name: string } | null;
  /** The audit entry of the deletion. */
  readonly auditEntryId: string | null;
  /** When a restore becomes, or became, possible. */
  readonly restorableFrom: Date;
  /** Whether it is possible now. */
  readonly restorable: boolean;
}

export interface DeletedUserRow {
  readonly userId: string;
  readonly deletion: SoftDeletion;
}

/** By id while a search is on: no index gives the order of deletion inside the ids that begin alike. */
export type DeletedUserOrder = DeletedUserSort | "id";
