import { z } from "zod";
import { addressText, searchText } from "../input/text";
import { CursorSchema, type Page, PageSizeSchema } from "../paging/page-size";
import { RangeEndSchema } from "../paging/time-range";
import { PLATFORMS } from "../presence/schema";
import { TagSchema } from "../tags/schema";

/** What an operator may do in a list of users is what an index serves; nothing else is offered. Browser-safe. */
export const USER_SORTS = ["-created", "created", "-seen", "seen", "id", "-id"] as const;
export type UserSort = (typeof USER_SORTS)[number];
export const DEFAULT_USER_SORT: UserSort = "-created";

/** What the address may say: unless a column is chosen, a search is ordered by relevance and all users by `DEFAULT_USER_SORT`. */
const SORT_CHOICES = [...USER_SORTS, "relevance"] as const;

export const USER_STATUSES = ["all", "active", "banned", "deleted"] as const;
export type UserStatusFilter = (typeof USER_STATUSES)[number];

export const PRESENCES = ["any", "online", "offline"] as const;
const HAS = ["any", "yes", "no"] as const;

/** Most days of "not seen for". */
export const UNSEEN_MAX_DAYS = 3_650;

/** A soft-deleted user is "deleted" even while a ban runs. */
export type UserStatus = Exclude<UserStatusFilter, "all">;

/** Longest text that a search looks at; a `userId` and a name have at most 64 characters. */
export const SEARCH_MAX = 128;

/** The search box. */
export const SearchTextSchema = searchText(SEARCH_MAX).catch("");

const filters = {
  q: SearchTextSchema,
  status: z.enum(USER_STATUSES).catch("all"),
  presence: z.enum(PRESENCES).catch("any"),
  /** Created from this day or time on. */
  from: RangeEndSchema,
  /** Created up to and including this day or time. */
  to: RangeEndSchema,
  /** Not seen for so many days, or never. */
  unseen: z.coerce.number().int().min(1).max(UNSEEN_MAX_DAYS).optional().catch(undefined),
  /** Last seen from and up to these days or times; who was never seen is not among them. */
  seenFrom: RangeEndSchema,
  seenTo: RangeEndSchema,
  /** Online with a device of this kind. */
  platform: z.enum(PLATFORMS).optional().catch(undefined),
  /** Has exactly this tag. */
  tag: TagSchema.optional().catch(undefined),
  /** Is in the group of this id. */
  group: addressText(64).optional().catch(undefined),
  /** Belongs to the test run of this id, in Development. */
  run: addressText(64).optional().catch(undefined),
  /** Whether the hosted profile has an e-mail address. */
  email: z.enum(HAS).catch("any"),
  /** Whether the hosted profile has a unique id. */
  uniqueId: z.enum(HAS).catch("any"),
};

/**
 * The filters of the users list, in the spelling of the page's URL. Every part falls back to its default when it
 * cannot be read, so that an old or hand-made address shows a list and not an error.
 */
export const UserFilterSchema = z.object(filters);
export type UserFilterInput = Partial<z.input<typeof UserFilterSchema>>;
export type UserFilter = z.output<typeof UserFilterSchema>;

/** The whole state of the users list, in the spelling of the page's URL. */
export const UserListQuerySchema = z.object({
  ...filters,
  sort: z.enum(SORT_CHOICES).catch("relevance"),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type UserListQueryInput = Partial<z.input<typeof UserListQuerySchema>>;
export type UserListQuery = z.output<typeof UserListQuerySchema>;

/** The users of one test run, in the spelling of its page's URL. */
export const RunUsersQuerySchema = UserListQuerySchema.pick({ sort: true, size: true, cursor: true });
export type RunUsersQuery = z.output<typeof RunUsersQuerySchema>;

export interface UserRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  /** Set only while the ban runs. */
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
  readonly status: UserStatus;
  /** Live connections; 0: offline. */
  readonly connections: number;
  readonly friendCount: number;
}

/** How a page of users is ordered. */
export type UserOrder = (typeof SORT_CHOICES)[number];

export interface UserPage extends Page<UserRow> {
  readonly order: UserOrder;
  /**
   * True when the asked sort was not used because too many users match the search, were created or last seen in the range, or pass
   * a filter that leaves too few of all to be met soon; the page is then ordered by relevance, by `-created`, by `-seen` or by `id`.
   */
  readonly sortUnavailable: boolean;
  /** While a search is on: how far the index of names is built, for users from before it; null: all of them are in it. */
  readonly indexing: { readonly done: number; readonly total: number | null } | null;
  /** The user whose id is exactly the searched text: shown whatever the filters say, and first where the order is relevance. */
  readonly exactMatch: string | null;
}

/** Input of the use cases about one user. A `userId` that was never registered is simply not found. */
export const UserKeySchema = z.object({ userId: addressText(256) });
