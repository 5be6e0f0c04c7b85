import type { Actor } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret } from "../ids";
import { sha256 } from "../secrets";
import { changeOperator } from "./change-operator";
import { savePasswordLink } from "./password-link-store";
import { type OperatorIdInput, OperatorIdSchema, PASSWORD_LINK_HOURS } from "./schema";

export interface CreatedPasswordLink {
  readonly email: string;
  /** Of the link `/reset/<secret>`. It is in this answer and nowhere else. */
  readonly secret: string;
  readonly expiresAt: Date;
}

/**
 * Makes a one-time link by which another operator who has lost the password chooses a new one; it works for a day, and an earlier
 * one stops working. The old password goes on until then, and second factors stay. Throws `not_found`, and `forbidden` for oneself
 * and for test operators, who have no password.
 */
export async function createPasswordLink(
  context: Context,
  actor: Actor,
  input: OperatorIdInput,
): Promise<CreatedPasswordLink> {
  const { operatorId } = OperatorIdSchema.parse(input);
  const secret = linkSecret();
  let link: CreatedPasswordLink | undefined;
  await changeOperator(context, actor, { operatorId }, async (tx, operator, now) => {
    if (actor.kind === "operator" && actor.operatorId === operatorId) {
      throw new AppError("forbidden", { message: "Change your own password under Account." });
    }
    if (operator.expiresAt !== null) throw new AppError("forbidden", { message: "Test operators have no password." });
    const expiresAt = new Date(now.getTime() + PASSWORD_LINK_HOURS * 3_600_000);
    await savePasswordLink(tx, { operatorId, secretHash: sha256(secret), createdAt: now, expiresAt });
    link = { email: operator.email, secret, expiresAt };
    return { action: "operator.password_link_made", after: { expiresAt: expiresAt.toISOString() } };
  });
  if (link === undefined) throw new AppError("not_found");
  return link;
}
