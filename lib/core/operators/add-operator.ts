import type { Db } from "@/lib/db/database";
import { INSTALLATION, type OperatorRole } from "../actor";
import type { Outcome } from "../command/outcome";
import { AppError } from "../errors";
import { newId } from "../ids";
import { forgetRemovedAddress } from "../oidc/identity-store";
import { findOperatorByEmail, insertOperator } from "./operator-store";
import { unlockAddress } from "./sign-in-throttle-store";

export interface AddedOperator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
}

/**
 * The part that all three ways of becoming an operator share, for a command that holds `lockOperators`. Throws
 * `email_taken`. Earlier failed sign-ins under this address are forgotten, so that the new operator can sign in at once.
 */
export async function addOperator(
  tx: Db,
  now: number,
  operator: { email: string; name: string; role: OperatorRole; passwordHash: string },
): Promise<Outcome<AddedOperator>> {
  const { email, name, role } = operator;
  if ((await findOperatorByEmail(tx, email)) !== null) throw new AppError("email_taken", { field: "email" });
  const id = newId.operator();
  await insertOperator(tx, { ...operator, id, createdAt: new Date(now) });
  await unlockAddress(tx, email);
  await forgetRemovedAddress(tx, email);
  const target = { kind: "operator", id, name: email } as const;
  return {
    result: { id, email, name, role },
    audit: [{ environmentId: INSTALLATION, action: "operator.created", target, after: { name, role } }],
  };
}
