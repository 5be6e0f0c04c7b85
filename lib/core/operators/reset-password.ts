import type { z } from "zod";
import { INSTALLATION, type System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { choosePassword } from "./choose-password";
import { findOperatorByEmail, lockOperator, updatePasswordHash } from "./operator-store";
import { ResetPasswordSchema } from "./schema";
import { forgetBrowsers, revokeSessions } from "./session-store";
import { unlockAddress } from "./sign-in-throttle-store";

/**
 * Sets a new password for an operator who has lost theirs, lifts the lock of failed sign-ins and ends all their sessions. For
 * whoever runs the installation: the console has no such way. Throws `not_found`, `invalid_parameter`.
 */
export async function resetPassword(
  context: Context,
  actor: System,
  input: z.input<typeof ResetPasswordSchema>,
): Promise<{ email: string; name: string; sessionsEnded: number }> {
  const { email, password } = ResetPasswordSchema.parse(input);
  const db = context.db.prisma;
  const operator = await findOperatorByEmail(db, email);
  if (operator === null)
    throw new AppError("not_found", { message: `There is no operator with the address ${email}.` });
  const passwordHash = await choosePassword(password, operator);
  const now = new Date(context.now());
  return executeWithPrisma(context, actor, async (tx) => {
    const { id, name } = (await lockOperator(tx, operator.id)) ?? operator;
    await updatePasswordHash(tx, id, passwordHash);
    await unlockAddress(tx, email);
    await forgetBrowsers(tx, id);
    const sessionsEnded = await revokeSessions(tx, id, now);
    const target = { kind: "operator", id, name: email } as const;
    return {
      result: { email, name, sessionsEnded },
      audit: [{ environmentId: INSTALLATION, action: "operator.password_changed", target, after: { sessionsEnded } }],
    };
  });
}
