import type { AppUser } from "../actor";
import type { Context } from "../context";
import { findInbox } from "./inbox-store";
import type { StoredMessage } from "./message";
import { keptSince } from "./retention";
import { type FetchInboxInput, FetchInboxSchema } from "./schema";

export interface InboxPage {
  readonly messages: readonly StoredMessage[];
  /** To be given the next time: the number of the last message here, or what was given when there is none. */
  readonly cursor: number;
  /** Whether there may be more. */
  readonly more: boolean;
}

/**
 * The connected user's messages after `cursor`, oldest first, of the last seven days, up to `limit` or about a megabyte: what
 * was received, and what was sent from this user's devices. A message that is visible once is never preceded by one that becomes visible later.
 */
export async function fetchInbox(context: Context, actor: AppUser, input: FetchInboxInput): Promise<InboxPage> {
  const { cursor, limit } = FetchInboxSchema.parse(input);
  const { messages: found, full } = await findInbox(context.db, {
    environmentId: actor.environment.id,
    userId: actor.userId,
    after: cursor,
    since: keptSince(context.now()),
    limit: limit + 1,
  });
  const messages = found.slice(0, limit);
  return { messages, cursor: messages.at(-1)?.sequence ?? cursor, more: full || found.length > limit };
}
