import { z } from "zod";
import { CursorSchema, type Page, PageSizeSchema } from "../paging/page-size";

/** What the console shows of a user's friends is what an index serves. Browser-safe. */

export const FRIEND_VIEWS = ["friends", "received", "sent"] as const;

export const FRIEND_SORTS = ["-added", "added"] as const;

/**
 * The friends of one user, or the open requests received or sent, in the spelling of the tab's URL; what cannot be read
 * falls back to its default. `sort` is by when the friendship began or the request was sent.
 */
export const UserFriendsQuerySchema = z.object({
  view: z.enum(FRIEND_VIEWS).catch("friends"),
  sort: z.enum(FRIEND_SORTS).catch("-added"),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type UserFriendsQueryInput = Partial<z.input<typeof UserFriendsQuerySchema>>;
export type UserFriendsQuery = z.output<typeof UserFriendsQuerySchema>;

export interface FriendRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  /** "" when there is none. */
  readonly alias: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly addedAt: Date;
  /** Whether the user whose friends these are has blocked this one. */
  readonly blocked: boolean;
}

/** An open friend request; `userId` is the other user. */
export interface FriendRequestRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly extra: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** One page of what the query asks for. */
export type UserFriendsPage =
  | { readonly view: "friends"; readonly page: Page<FriendRow> }
  | { readonly view: "received" | "sent"; readonly page: Page<FriendRequestRow> };
