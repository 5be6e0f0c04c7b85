import { retrying } from "@/lib/db/retry";
import type { Actor } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { deletionRecords, publishDeletion } from "./deletion-records";
import { deleteUsers } from "./deletion-store";
import { type DeleteTestUserInput, DeleteTestUserSchema } from "./schema";
import { developmentForDeletion } from "./test-users-only";

/**
 * Deletes one test user at once: everything stored of the user is gone (user-data.ts), the seat and the id are free. Groups
 * that the user owned are dismissed. Throws `invalid_parameter` (field `confirmation`) unless the id was typed exactly, `user_not_found`, `development_only`.
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
  const transaction = () =>
    context.db.transaction(async (tx) => {
      const done = await deleteUsers(tx, environment.id, [userId], null);
      if (done.users.length === 0) throw new AppError("user_not_found");
      await writeAudit(tx, environment.id, actor, context.now(), deletionRecords(done));
      return done;
    });
  const deletion = await retrying(transaction);
  await publishDeletion(context, environment.id, { users: [userId], memberships: deletion.memberships });
  return { userId };
}
