import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isTestOperator } from "../permissions";
import { findOperator, findOperatorByEmail, lockOperators, updateAccount } from "./operator-store";
import { type ChangeOwnAccountInput, ChangeOwnAccountSchema } from "./schema";
import { clearFailures, signedInAs } from "./sign-in-throttle-store";
import { tryPassword } from "./try-password";

type Account = Readonly<Record<"name" | "email", string>>;

/**
 * Sets the operator's own name and e-mail address. Another address is what they sign in with from then on, so it takes the
 * password, and guessing it is slowed down as at the sign-in page. `shown` is what the page showed. Throws `email_taken`,
 * `version_conflict`, `invalid_parameter` at the field that is wrong, `sign_in_locked`.
 */
export async function changeOwnAccount(
  context: Context,
  actor: Operator,
  input: ChangeOwnAccountInput,
): Promise<Account> {
  // The log would name a stranger.
  if (isTestOperator(actor)) throw new AppError("forbidden", { message: "Test operators keep their name and e-mail." });
  const { name, email, currentPassword, shown } = ChangeOwnAccountSchema.parse(input);
  const write = () => store(context, actor, { name, email }, shown);
  if (email === shown.email.toLowerCase()) return write();

  const tried = await tryPassword(context, signedInAs(actor), currentPassword, {
    find: () => findOperator(context.db.prisma, actor.operatorId),
    accept: async () => {
      const password = currentPassword.toLowerCase();
      if (password === email || password === email.split("@")[0]) {
        const message = "Your password is this address or its first part. Change the password first.";
        throw new AppError("invalid_parameter", { field: "email", message });
      }
      const account = await write();
      await clearFailures(context.db.prisma, signedInAs(actor));
      return account;
    },
  });
  if (tried.operator === null) throw new AppError("not_signed_in");
  if (tried.accepted === null) {
    throw new AppError("invalid_parameter", { message: "This is not your password.", field: "currentPassword" });
  }
  return tried.accepted;
}

function store(context: Context, actor: Operator, next: Account, shown: Account): Promise<Account> {
  return executeWithPrisma(context, actor, async (tx, run) => {
    // With those who make operators, so that an address that looks free is free.
    await lockOperators(tx);
    const operator = await findOperator(tx, actor.operatorId);
    if (operator === null) throw new AppError("not_signed_in");
    const before = { name: operator.name, email: operator.email };
    const target = { kind: "operator", id: operator.id, name: operator.email } as const;
    await requireSeen(run, actor, {
      seen: shown,
      current: before,
      target,
      actions: ["operator.account_changed"],
      environmentId: INSTALLATION,
    });
    if (operator.name === next.name && operator.email === next.email) return { result: next };
    if (next.email !== operator.email && (await findOperatorByEmail(tx, next.email)) !== null) {
      throw new AppError("email_taken", { field: "email" });
    }
    await updateAccount(tx, operator.id, next);
    return {
      result: next,
      audit: [{ environmentId: INSTALLATION, action: "operator.account_changed", target, before, after: { ...next } }],
    };
  });
}
