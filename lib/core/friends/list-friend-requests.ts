import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requireOnBehalfOf } from "../permissions";
import { findRequests, type RequestKeys, type StoredRequest } from "./friend-request-store";
import { type FriendRequestsInput, FriendRequestsSchema, REQUEST_LIFETIME_MS } from "./schema";

const KeysSchema: z.ZodType<RequestKeys> = z.tuple([cursorKey.ms, cursorKey.text, cursorKey.int]);

export interface RequestPage {
  /** Null on the last page. */
  readonly pageToken: string | null;
  readonly requests: readonly StoredRequest[];
}

/**
 * One page of the friend requests that a user sent or received, by their time (client contract section 5). Throws
 * `page_token_invalid` for a token that cannot be read or is of another list.
 */
export async function listFriendRequests(
  context: Context,
  actor: Actor,
  input: FriendRequestsInput,
): Promise<RequestPage> {
  const { userId, pageToken, pageSize, order, types, statuses } = FriendRequestsSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const list = ["friend-requests", order, types.join(), statuses.join(), userId].join("/");
  const codec = new CursorCodec(list, KeysSchema);
  const place = placeOfToken(codec, pageToken);
  const openAfter = new Date(context.now() - REQUEST_LIFETIME_MS);
  const found = await findRequests(
    context.db.prisma,
    environmentOf(actor).id,
    userId,
    { types, statuses, openAfter },
    { after: place?.keys ?? null, downwards: order === 1, limit: pageSize + 1 },
  );
  const page = cutPage(
    codec,
    found,
    pageSize,
    (request): RequestKeys => [request.requestedAt.getTime(), request.userId, request.type],
  );
  return { pageToken: page.pageToken, requests: page.rows };
}
