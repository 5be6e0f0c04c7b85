import type { Db } from "@/lib/db/database";
import { type Actor, INSTALLATION, type OperatorRole } from "../actor";
import { writeAudit } from "../audit/audit-store";
import { AppError } from "../errors";
import { newId } from "../ids";
import { findOperatorByEmail, insertOperator } from "./operator-store";
import { clearFailures } from "./sign-in-throttle-store";

export interface AddedOperator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
}

/**
 * The part that all three ways of becoming an operator share. Inside a transaction that holds `lockOperators`. Throws
 * `email_taken`. Earlier failed sign-ins under this address are forgotten, so that the new operator can sign in at once.
 */
export async function addOperator(
  tx: Db,
  actor: Actor,
  now: number,
  operator: { email: string; name: string; role: OperatorRole; passwordHash: string },
): Promise<AddedOperator> {
  const { email, name, role } = operator;
  if ((await findOperatorByEmail(tx, email)) !== null) throw new AppError("email_taken", { field: "email" });
  const id = newId.operator();
  await insertOperator(tx, { ...operator, id, createdAt: new Date(now) });
  await clearFailures(tx, email);
  await writeAudit(tx, INSTALLATION, actor, now, [
    { action: "operator.created", target: { kind: "operator", id, name: email }, after: { name, role } },
  ]);
  return { id, email, name, role };
}
