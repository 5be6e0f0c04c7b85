import { z } from "zod";
import type { Actor } from "../actor";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { UserKeySchema } from "../users/list-schema";

export const BAN_TABS = ["active", "ended"] as const;

/** The console's list of bans, in the spelling of its URL. Browser-safe. Unreadable parts fall back. */
export const BanListQuerySchema = z.object({
  tab: z.enum(BAN_TABS).catch("active"),
  /** "today": only bans that end before the next midnight UTC. For the tab "active". */
  ends: z.enum(["today"]).optional().catch(undefined),
  /** Who ordered the ban. */
  by: z.enum(["operator", "app_server"]).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type BanListQueryInput = Partial<z.input<typeof BanListQuerySchema>>;
export type BanListQuery = z.output<typeof BanListQuerySchema>;

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
