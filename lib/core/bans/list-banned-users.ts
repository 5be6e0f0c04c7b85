import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { readNumberedPage } from "../paging/numbered-pages";
import { requirePermission } from "../permissions";
import { findRunningBans, type RunningBan } from "./ban-lookup-store";
import { BAN_PAGE_MAX, type ListBannedUsersInput, ListBannedUsersSchema } from "./schema";

/**
 * Who is banned now, latest end first. Without `page` the first 1000, whatever `pageSize` says (contract section 7.3).
 */
export async function listBannedUsers(
  context: Context,
  actor: Actor,
  input: ListBannedUsersInput,
): Promise<readonly RunningBan[]> {
  requirePermission(actor, "users.read");
  const { page, pageSize } = ListBannedUsersSchema.parse(input);
  const window =
    page === undefined ? { offset: 0, limit: BAN_PAGE_MAX } : { offset: (page - 1) * pageSize, limit: pageSize };
  const { id } = environmentOf(actor);
  const now = new Date(context.now());
  return readNumberedPage(context.db, {
    ...window,
    list: `bans ${id}`,
    keysOf: (ban: RunningBan) => ban,
    read: (after, skip, limit) => findRunningBans(context.db, id, now, after, { skip, limit }),
  });
}
