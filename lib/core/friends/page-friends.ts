import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { type FriendKeys, findFriends, type StoredFriend } from "./friend-list-store";
import { findRequests, type RequestKeys, type StoredRequest } from "./friend-request-store";
import {
  type FriendRequestRow,
  type FriendRow,
  type UserFriendsPage,
  type UserFriendsQuery,
  type UserFriendsQueryInput,
  UserFriendsQuerySchema,
} from "./list-schema";
import { REQUEST_LIFETIME_MS, REQUEST_STATUSES, REQUEST_TYPES } from "./schema";

/** The console's pages: cursors both ways, and one that cannot be read means the first page. */

const FriendKeysSchema: z.ZodType<FriendKeys> = z.tuple([cursorKey.ms, cursorKey.text]);
const RequestKeysSchema: z.ZodType<RequestKeys> = z.tuple([cursorKey.ms, cursorKey.text, cursorKey.int]);

/** One page of a user's friends, or of the open friend requests received or sent. An unknown user has none. */
export async function pageFriendsOfUser(
  context: Context,
  actor: Actor,
  input: UserFriendsQueryInput & { userId: string },
): Promise<UserFriendsPage> {
  requirePermission(actor, "users.read");
  const query = UserFriendsQuerySchema.parse(input);
  const of = { context, actor, userId: input.userId, query };
  if (query.view === "friends") return { view: query.view, page: await friendPage(of) };
  return { view: query.view, page: await requestPage(of) };
}

interface Asked {
  readonly context: Context;
  readonly actor: Actor;
  readonly userId: string;
  readonly query: UserFriendsQuery;
}

async function friendPage({ context, actor, userId, query }: Asked): Promise<Page<FriendRow>> {
  const newestFirst = query.sort === "-added";
  const page = await readPage({
    size: query.size,
    cursor: query.cursor,
    codec: new CursorCodec(`friends-${query.sort}`, FriendKeysSchema),
    keysOf: (friend: StoredFriend): FriendKeys => [friend.addedAt.getTime(), friend.userId],
    read: async (place, limit) => {
      const downwards = newestFirst !== (place?.direction === "previous");
      const window = { after: place?.keys ?? null, downwards, limit };
      return (await findFriends(context.db, environmentOf(actor).id, userId, window))?.friends ?? [];
    },
  });
  return { ...page, rows: page.rows.map(({ portraitUri, ...friend }) => ({ ...friend, avatarUrl: portraitUri })) };
}

async function requestPage({ context, actor, userId, query }: Asked): Promise<Page<FriendRequestRow>> {
  const newestFirst = query.sort === "-added";
  const types = [query.view === "sent" ? REQUEST_TYPES.sent : REQUEST_TYPES.received];
  const openAfter = new Date(context.now() - REQUEST_LIFETIME_MS);
  const page = await readPage({
    size: query.size,
    cursor: query.cursor,
    codec: new CursorCodec(`requests-${query.view}-${query.sort}`, RequestKeysSchema),
    keysOf: (request: StoredRequest): RequestKeys => [request.requestedAt.getTime(), request.userId, request.type],
    read: (place, limit) =>
      findRequests(
        context.db.prisma,
        environmentOf(actor).id,
        userId,
        { types, statuses: [REQUEST_STATUSES.open], openAfter },
        { after: place?.keys ?? null, downwards: newestFirst !== (place?.direction === "previous"), limit },
      ),
  });
  return {
    ...page,
    rows: page.rows.map(({ userId: other, name, portraitUri, extra, requestedAt }) => ({
      userId: other,
      name,
      avatarUrl: portraitUri,
      extra,
      requestedAt,
      expiresAt: new Date(requestedAt.getTime() + REQUEST_LIFETIME_MS),
    })),
  };
}
