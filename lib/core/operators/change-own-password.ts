import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { choosePassword } from "./choose-password";
import { findOperator, lockOperator, updatePasswordHash } from "./operator-store";
import { type ChangeOwnPasswordInput, ChangeOwnPasswordSchema } from "./schema";
import { revokeSessions } from "./session-store";
import { clearFailures, signedInAs } from "./sign-in-throttle-store";
import { tryPassword } from "./try-password";

/**
 * Sets the operator's own password and ends their other sessions. The current password is asked for and guessing it is
 * slowed down as at the sign-in page, by a counter of this session alone. Throws `invalid_parameter` at the field that is wrong, `sign_in_locked`.
 */
export async function changeOwnPassword(
  context: Context,
  actor: Operator,
  input: ChangeOwnPasswordInput,
): Promise<{ sessionsEnded: number }> {
  const { currentPassword, newPassword } = ChangeOwnPasswordSchema.parse(input);
  const passwordHash = await choosePassword(newPassword, actor, "newPassword");
  const tried = await tryPassword(context, signedInAs(actor), currentPassword, {
    find: () => findOperator(context.db.prisma, actor.operatorId),
    accept: async (operator) => {
      const now = context.now();
      return executeWithPrisma(context, actor, async (tx) => {
        const current = await lockOperator(tx, operator.id);
        if (current?.passwordHash !== operator.passwordHash) {
          throw new AppError("version_conflict", {
            message: "Your password was just changed in another session.",
          });
        }
        await updatePasswordHash(tx, operator.id, passwordHash);
        await clearFailures(tx, signedInAs(actor));
        const sessionsEnded = await revokeSessions(tx, operator.id, new Date(now), actor.sessionId);
        const target = { kind: "operator", id: operator.id, name: operator.email } as const;
        const after = { sessionsEnded };
        return {
          result: { sessionsEnded },
          audit: [{ environmentId: INSTALLATION, action: "operator.password_changed", target, after }],
        };
      });
    },
  });
  if (tried.operator === null) throw new AppError("not_signed_in");
  if (tried.accepted === null) {
    throw new AppError("invalid_parameter", { message: "This is not your password.", field: "currentPassword" });
  }
  return tried.accepted;
}
