import { z } from "zod";
import type { Actor } from "../actor";
import { searchText } from "../input/text";
import { CursorSchema, type Page, PageSizeSchema } from "../paging/page-size";
import { SearchTextSchema, UserKeySchema } from "../users/list-schema";
import { BAN_REASON_MAX_CHARACTERS } from "./schema";

/** An empty text filters nothing. */
const filterText = (max: number) =>
  searchText(max)
    .transform((value) => (value === "" ? undefined : value))
    .optional()
    .catch(undefined);

export const BAN_TABS = ["active", "ended"] as const;

/** The console's list of bans, in the spelling of its URL. Browser-safe. Unreadable parts fall back. */
export const BanListQuerySchema = z.object({
  tab: z.enum(BAN_TABS).catch("active"),
  /** The user (ID, its beginning, words of the name), the operator who banned, or words of the reason. */
  q: SearchTextSchema,
  /** For the tab "active": only bans that end before the next midnight UTC, or within so long. */
  ends: z.enum(["today", "24h", "7d"]).optional().catch(undefined),
  /** For the tab "ended": only bans that ended so recently. */
  ended: z.enum(["24h", "7d", "30d"]).optional().catch(undefined),
  /** Who ordered the ban: operators, app servers, or one operator by id. */
  by: filterText(64),
  /** Exactly this reason. */
  reason: filterText(2 * BAN_REASON_MAX_CHARACTERS),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type BanListQueryInput = Partial<z.input<typeof BanListQuerySchema>>;
export type BanListQuery = z.output<typeof BanListQuerySchema>;
export type BanFilter = Omit<BanListQuery, "size" | "cursor">;

/** A page of bans, and how far a search has looked. */
export interface BanPage extends Page<BanRow> {
  /** Null: no search is on. */
  readonly searched: {
    /** More users match than are looked at, so that bans of some are missing. */
    readonly manyUsers: boolean;
    /** There are more bans than those whose reasons are looked at: the ones that come first in the list. */
    readonly manyBans: boolean;
  } | null;
}

/** One user's bans, latest first. */
export const UserBansQuerySchema = z.object({
  ...UserKeySchema.shape,
  size: PageSizeSchema,
  cursor: CursorSchema,
});

export type UserBansQueryInput = Partial<z.input<typeof UserBansQuerySchema>> & { userId: string };

export type BannedByKind = Actor["kind"];

/** How a ban stands: running; or over because its time passed, it was lifted, or a later ban took its place. */
export type BanState = "running" | "expired" | "lifted" | "replaced";

export interface BanRow {
  /** Unique in its environment; a decimal number as text. */
  readonly id: string;
  readonly userId: string;
  /** Registered name and avatar of the user as of now. */
  readonly userName: string;
  readonly userAvatarUrl: string;
  readonly startsAt: Date;
  /** When it ends, or ended: as ordered, or earlier when lifted or replaced. */
  readonly endsAt: Date;
  /** The length as ordered, in minutes. */
  readonly minutes: number;
  readonly reason: string;
  readonly by: { readonly kind: BannedByKind; readonly id: string; readonly name: string };
  readonly lifted: {
    readonly at: Date;
    readonly by: { readonly kind: BannedByKind; readonly id: string; readonly name: string };
  } | null;
  readonly state: BanState;
}
