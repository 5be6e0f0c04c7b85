import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { NEWER_CAP } from "../newer/schema";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount, type Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import {
  countDeletedUsers,
  type DeletedUserKeys,
  findDeletedUsers,
  type StoredDeletion,
} from "./deleted-user-list-store";
import {
  type DeletedUserFilterInput,
  DeletedUserFilterSchema,
  type DeletedUserListQueryInput,
  DeletedUserListQuerySchema,
  type DeletedUserOrder,
  type DeletedUserRow,
} from "./list-schema";
import { toSoftDeletion } from "./soft-deletion";

export const DeletedKeysSchema: z.ZodType<DeletedUserKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

export interface DeletedUserPage extends Page<DeletedUserRow> {
  readonly order: DeletedUserOrder;
}

/**
 * One page of an environment's soft-deleted users: latest or earliest deletion first, or those whose id begins with `q`,
 * by id.
 */
export async function listDeletedUsers(
  context: Context,
  actor: Actor,
  input: DeletedUserListQueryInput,
): Promise<DeletedUserPage> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { q, sort, size, cursor } = DeletedUserListQuerySchema.parse(input);
  const order: DeletedUserOrder = q === "" ? sort : "id";
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec(`deleted-users-${order}`, DeletedKeysSchema),
    keysOf: (user: StoredDeletion): DeletedUserKeys => [order === "id" ? 0 : user.softDeletedAt.getTime(), user.userId],
    read: (place, limit) => findDeletedUsers(context.db.prisma, environmentId, q, order, place, limit),
  });
  const rows = page.rows.map((stored) => ({ userId: stored.userId, deletion: toSoftDeletion(context, stored) }));
  return { ...page, rows, order };
}

/** How many soft-deleted users `listDeletedUsers` would show under the same filter, counting up to 10,000. */
export async function countListedDeletedUsers(
  context: Context,
  actor: Actor,
  input: DeletedUserFilterInput,
): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const { q } = DeletedUserFilterSchema.parse(input);
  const count = await countDeletedUsers(context.db.prisma, environmentOf(actor).id, q, COUNT_CAP + 1);
  return cappedCount(count);
}

/** How many of them were soft-deleted after `after`, a moment in Unix milliseconds; up to 100. */
export async function countNewerDeletedUsers(
  context: Context,
  actor: Actor,
  input: DeletedUserFilterInput,
  after: string,
): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const { q } = DeletedUserFilterSchema.parse(input);
  const { id } = environmentOf(actor);
  const count = await countDeletedUsers(context.db.prisma, id, q, NEWER_CAP + 1, new Date(Number(after)));
  return cappedCount(count, NEWER_CAP);
}
