import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requireOnBehalfOf } from "../permissions";
import { type FriendKeys, findFriends, findFriendsById, type StoredFriend } from "./friend-list-store";
import { type FriendPageInput, FriendPageSchema, type FriendsByIdInput, FriendsByIdSchema } from "./schema";

export type { StoredFriend } from "./friend-list-store";

const KeysSchema: z.ZodType<FriendKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

export interface FriendPage {
  /** Null on the last page. */
  readonly pageToken: string | null;
  /** Of all pages. */
  readonly totalCount: number;
  readonly friends: readonly StoredFriend[];
}

/**
 * One page of a user's friends by the time they were added. Throws `user_not_found`, and `page_token_invalid` for a token
 * that cannot be read or is of another list (contract section 12.4).
 */
export async function listFriends(context: Context, actor: Actor, input: FriendPageInput): Promise<FriendPage> {
  const { userId, pageToken, pageSize, order } = FriendPageSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const { id } = environmentOf(actor);
  const codec = new CursorCodec(`friends/${order}/${userId}`, KeysSchema);
  const place = placeOfToken(codec, pageToken);
  const window = { after: place?.keys ?? null, downwards: order === 1, limit: pageSize + 1 };
  const found = await findFriends(context.db, id, userId, window);
  if (found === null) throw new AppError("user_not_found", { field: "userId" });
  const page = cutPage(
    codec,
    found.friends,
    pageSize,
    (friend): FriendKeys => [friend.addedAt.getTime(), friend.userId],
  );
  return { pageToken: page.pageToken, totalCount: found.totalCount, friends: page.rows };
}

/** Those of the given users who are friends of `userId`, in the order given; an unknown user has none. */
export async function getFriends(context: Context, actor: Actor, input: FriendsByIdInput): Promise<StoredFriend[]> {
  const { userId, friendIds } = FriendsByIdSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  return findFriendsById(context.db, environmentOf(actor).id, userId, friendIds);
}
