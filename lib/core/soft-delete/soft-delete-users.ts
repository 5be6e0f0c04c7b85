import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError, ERRORS } from "../errors";
import { newId } from "../ids";
import { removedOf } from "../user-data/schema";
import { eraseUserData, lockForErasure } from "../user-data/user-data-store";
import { activationStateEvent } from "../webhooks/events";
import { markSoftDeleted } from "./deletion-mark-store";
import { type SoftDeletedUsers, type SoftDeleteUsersInput, SoftDeleteUsersSchema } from "./schema";
import { findDeletionStates } from "./soft-delete-store";

/**
 * Soft-deletes users: their data go as user-data.ts says, the ids stay and can neither connect nor get tokens, the seats
 * are free. All of a call in one transaction. Who is soft-deleted already stays so, with the time of the first deletion;
 * unknown ids are skipped. The webhook is told of each id (contract section 8.1).
 *
 * It exists through the Server API only: throws `server_api_only` for operators and app users.
 */
export async function softDeleteUsers(
  context: Context,
  actor: Actor,
  input: SoftDeleteUsersInput,
): Promise<SoftDeletedUsers> {
  // The installation itself makes example data with it.
  if (actor.kind !== "app_server" && actor.kind !== "system") throw new AppError("server_api_only");
  const { id: environmentId } = environmentOf(actor);
  const { userIds } = SoftDeleteUsersSchema.parse(input);
  const operationId = newId.operation();
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx) => {
    await lockForErasure(tx, environmentId, userIds, "softDelete");
    const states = await findDeletionStates(tx, environmentId, userIds);
    const deleted = userIds.filter((id) => states.get(id)?.softDeletedAt === null);
    const already = userIds.filter((id) => (states.get(id)?.softDeletedAt ?? null) !== null);
    const unknown = userIds.filter((id) => !states.has(id));
    const erased = await eraseUserData(tx, environmentId, deleted, "softDelete");
    if (deleted.length > 0) await markSoftDeleted(tx, environmentId, deleted, new Date(now));
    const codeOf = (userId: string) => (states.has(userId) ? 0 : ERRORS.user_not_found.wireCode);
    return {
      result: { operationId, deleted, already, unknown },
      at: now,
      // Without the name, which is erased; the numbers are the proof that everything is.
      audit: deleted.map((userId) => ({
        action: "user.soft_deleted",
        target: { kind: "user", id: userId },
        after: { operationId, ...removedOf(erased, userId) },
      })),
      webhooks: userIds.map((userId) =>
        activationStateEvent({ userId, operationId, operation: "deactivated", code: codeOf(userId), time: now }),
      ),
      events: deleted.length > 0 ? [{ type: "users.soft_deleted", environmentId, userIds: deleted }] : [],
    };
  });
}
