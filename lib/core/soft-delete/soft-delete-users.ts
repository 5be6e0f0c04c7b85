import type { Actor } from "../actor";
import { executeTogether } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError, ERRORS } from "../errors";
import { newId } from "../ids";
import { removedOf } from "../user-data/schema";
import { eraseUserData, lockForErasure } from "../user-data/user-data-store";
import { activationStateEvent } from "../webhooks/events";
import { softDeletedWrite } from "./deletion-mark-store";
import { ERASED_TOGETHER } from "./erased-together";
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
  const { userIds } = SoftDeleteUsersSchema.parse(input);
  return softDelete(context, actor, { userIds, operationId: newId.operation(), at: context.now() });
}

interface SoftDeletion {
  readonly userIds: readonly string[];
  readonly operationId: string;
  /** Unix milliseconds */
  readonly at: number;
}

const softDelete = executeTogether<SoftDeletion, SoftDeletedUsers>({
  ...ERASED_TOGETHER,
  async run(run, environmentId, commands) {
    const all = commands.flatMap(({ input }) => input.userIds);
    await lockForErasure(run, environmentId, all, "softDelete");
    const states = await findDeletionStates(run, environmentId, all);
    const isDeleted = (id: string) => (states.get(id)?.softDeletedAt ?? null) !== null;
    const going = all.filter((id) => states.has(id) && !isDeleted(id));
    const erased = await eraseUserData(run, environmentId, going, "softDelete");
    return commands.map(({ input: { userIds, operationId, at } }): Outcome<SoftDeletedUsers> => {
      const deleted = userIds.filter((id) => states.has(id) && !isDeleted(id));
      const codeOf = (userId: string) => (states.has(userId) ? 0 : ERRORS.user_not_found.wireCode);
      return {
        result: {
          operationId,
          deleted,
          already: userIds.filter(isDeleted),
          unknown: userIds.filter((id) => !states.has(id)),
        },
        at,
        writes: deleted.length === 0 ? [] : [softDeletedWrite(environmentId, deleted, new Date(at))],
        // Without the name, which is erased; the numbers are the proof that everything is.
        audit: deleted.map((userId) => ({
          action: "user.soft_deleted",
          target: { kind: "user", id: userId },
          after: { operationId, ...removedOf(erased, userId) },
        })),
        webhooks: userIds.map((userId) =>
          activationStateEvent({ userId, operationId, operation: "deactivated", code: codeOf(userId), time: at }),
        ),
        events: deleted.length > 0 ? [{ type: "users.soft_deleted", environmentId, userIds: deleted }] : [],
      };
    });
  },
});
