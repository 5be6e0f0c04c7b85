import type { Actor } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { publishAfterCommit } from "../publish";
import { deleteUsers } from "./deletion-store";
import { type DeleteTestUserInput, DeleteTestUserSchema } from "./schema";
import { developmentForDeletion } from "./test-users-only";

/**
 * Deletes one test user at once: the user and the bans are gone, the seat and the id are free. Throws
 * `invalid_parameter` (field `confirmation`) unless the id was typed exactly, `user_not_found`, `development_only`.
 */
export async function deleteTestUser(
  context: Context,
  actor: Actor,
  input: DeleteTestUserInput,
): Promise<{ userId: string }> {
  const environment = developmentForDeletion(actor);
  const { userId, confirmation } = DeleteTestUserSchema.parse(input);
  if (confirmation.trim() !== userId) {
    throw new AppError("invalid_parameter", { field: "confirmation", message: `Type “${userId}” to confirm.` });
  }
  await context.db.transaction(async (tx) => {
    const [user] = await deleteUsers(tx, environment.id, [userId], null);
    if (user === undefined) throw new AppError("user_not_found");
    await writeAudit(tx, environment.id, actor, context.now(), [
      {
        action: "user.deleted",
        target: { kind: "user", id: userId, name: user.name },
        before: { name: user.name, ...(user.softDeleted ? { softDeleted: true } : {}) },
      },
    ]);
  });
  await publishAfterCommit(context, { type: "users.deleted", environmentId: environment.id, userIds: [userId] });
  return { userId };
}
