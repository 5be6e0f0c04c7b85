import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { findBlockRows } from "./block-list-store";
import type { BlockKeys } from "./blocklist-store";
import { BlockKeysSchema } from "./get-blocklist";
import { type BlockRow, type UserBlocksQueryInput, UserBlocksQuerySchema } from "./list-schema";

/** One page for the console: whom a user blocks, or who blocks the user. An unknown user has none. */
export async function pageBlocksOfUser(
  context: Context,
  actor: Actor,
  input: UserBlocksQueryInput & { userId: string },
): Promise<Page<BlockRow>> {
  requirePermission(actor, "users.read");
  const { view, size, cursor } = UserBlocksQuerySchema.parse(input);
  return readPage({
    size,
    cursor,
    codec: new CursorCodec(view, BlockKeysSchema),
    keysOf: (block: BlockRow): BlockKeys => [block.blockedAt.getTime(), block.userId],
    read: (place, limit) => findBlockRows(context.db.prisma, environmentOf(actor).id, input.userId, view, place, limit),
  });
}
