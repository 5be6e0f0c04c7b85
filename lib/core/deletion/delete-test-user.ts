import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { UserDataCounts } from "../user-data/schema";
import { deletionEvents, deletionRecords } from "./deletion-records";
import { deleteUsers } from "./deletion-store";
import { type DeleteTestUserInput, DeleteTestUserSchema } from "./schema";
import { developmentForDeletion } from "./test-users-only";

/**
 * Deletes one test user at once: everything stored of the user is gone (user-data.ts), the seat and the id are free. Groups
 * that the user owned are dismissed. Gives how much of what is gone. Throws `invalid_parameter` (field `confirmation`) unless the id was typed exactly, `user_not_found`, `development_only`.
 */
export async function deleteTestUser(
  context: Context,
  actor: Actor,
  input: DeleteTestUserInput,
): Promise<{ userId: string; removed: UserDataCounts }> {
  const environment = developmentForDeletion(actor);
  const { userId, confirmation } = DeleteTestUserSchema.parse(input);
  if (confirmation.trim() !== userId) {
    throw new AppError("invalid_parameter", { field: "confirmation", message: `Type “${userId}” to confirm.` });
  }
  return executeWithPrisma(context, actor, async (tx) => {
    const deletion = await deleteUsers(tx, environment.id, [userId], null);
    if (deletion.users.length === 0) throw new AppError("user_not_found");
    return {
      result: { userId, removed: deletion.erased.get(userId) ?? {} },
      audit: deletionRecords(deletion),
      events: deletionEvents(environment.id, [userId], deletion.memberships),
    };
  });
}
