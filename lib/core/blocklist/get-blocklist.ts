import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requireOnBehalfOf } from "../permissions";
import { isBlocked } from "./block-lookup-store";
import { type BlockKeys, findBlocked } from "./blocklist-store";
import { type CheckBlockedInput, CheckBlockedSchema, type GetBlocklistInput, GetBlocklistSchema } from "./schema";

export const BlockKeysSchema: z.ZodType<BlockKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

export interface BlocklistPage {
  /** Null on the last page. */
  readonly pageToken: string | null;
  /** Latest block first. */
  readonly blockedUserIds: readonly string[];
}

/**
 * One page of a user's blocklist, the latest block first. Throws `user_not_found`, and `invalid_parameter` for a page token
 * that cannot be read or is of another list (contract section 13).
 */
export async function getBlocklist(context: Context, actor: Actor, input: GetBlocklistInput): Promise<BlocklistPage> {
  const { userId, pageToken, pageSize } = GetBlocklistSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const { id: environmentId } = environmentOf(actor);
  const codec = new CursorCodec(`blocklist/${userId}`, BlockKeysSchema);
  const place = placeOfToken(codec, pageToken, "invalid_parameter");
  const question = { environmentId, userId, after: place?.keys ?? null, limit: pageSize + 1 };
  const found = await findBlocked(context.db, question);
  if (found === null) throw new AppError("user_not_found", { field: "userId" });
  const page = cutPage(codec, found, pageSize, (keys) => keys);
  return { pageToken: page.pageToken, blockedUserIds: page.rows.map(([, blockedId]) => blockedId) };
}

/** Whether the user has blocked the target; false for unknown ids. */
export async function checkBlocked(context: Context, actor: Actor, input: CheckBlockedInput): Promise<boolean> {
  const { userId, targetId } = CheckBlockedSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  return isBlocked(context.db.prisma, environmentOf(actor).id, userId, targetId);
}
