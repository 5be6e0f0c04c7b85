import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type ListSoftDeletedUsersInput, ListSoftDeletedUsersSchema } from "./schema";
import { findSoftDeletedIds } from "./soft-delete-store";

/** Ids of soft-deleted users, latest deletion first (contract section 8.2). */
export async function listSoftDeletedUsers(
  context: Context,
  actor: Actor,
  input: ListSoftDeletedUsersInput,
): Promise<string[]> {
  requirePermission(actor, "users.read");
  const { page, pageSize } = ListSoftDeletedUsersSchema.parse(input);
  const window = { offset: (page - 1) * pageSize, limit: pageSize };
  return findSoftDeletedIds(context.db.prisma, environmentOf(actor).id, window);
}
