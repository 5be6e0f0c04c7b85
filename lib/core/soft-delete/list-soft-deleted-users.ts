import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { readNumberedPage } from "../paging/numbered-pages";
import { requirePermission } from "../permissions";
import { type ListSoftDeletedUsersInput, ListSoftDeletedUsersSchema } from "./schema";
import { type DeletedAt, findSoftDeleted } from "./soft-delete-store";

/** Ids of soft-deleted users, latest deletion first (contract section 8.2). */
export async function listSoftDeletedUsers(
  context: Context,
  actor: Actor,
  input: ListSoftDeletedUsersInput,
): Promise<string[]> {
  requirePermission(actor, "users.read");
  const { page, pageSize } = ListSoftDeletedUsersSchema.parse(input);
  const window = { offset: (page - 1) * pageSize, limit: pageSize };
  const { id } = environmentOf(actor);
  const users = await readNumberedPage(context.db, {
    ...window,
    list: `soft-deleted ${id}`,
    keysOf: (user: DeletedAt) => user,
    read: (after, skip, limit) => findSoftDeleted(context.db, id, after, { skip, limit }),
  });
  return users.map(({ userId }) => userId);
}
