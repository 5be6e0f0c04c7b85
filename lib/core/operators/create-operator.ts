import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type AddedOperator, addOperator } from "./add-operator";
import { choosePassword } from "./choose-password";
import { deleteSetupLink } from "./installation-fact-store";
import { lockOperators } from "./operator-store";
import { requireManager } from "./require-manager";
import { type CreateOperatorInput, CreateOperatorSchema } from "./schema";

/**
 * Creates an operator who can sign in at once: for the command line and OWNER_EMAIL. Throws `email_taken`, and `invalid_parameter`
 * for a password that is easy to guess.
 */
export async function createOperator(
  context: Context,
  actor: Actor,
  input: CreateOperatorInput,
): Promise<AddedOperator> {
  requirePermission(actor, "operators.manage");
  const { email, password, role, name = email.split("@")[0] ?? email } = CreateOperatorSchema.parse(input);
  const passwordHash = await choosePassword(password, { name, email });
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    await deleteSetupLink(tx);
    return addOperator(tx, context.now(), { email, name, role, passwordHash });
  });
}
