import type { Actor } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { changeOperator } from "../operators/change-operator";
import { unlinkIdentities } from "./identity-store";
import { saveBreakGlass } from "./issuer-store";

const BREAK_GLASS_MINUTES = 60;

/**
 * Lets one owner sign in by password for an hour although only the issuer's sign-ins count. For whoever runs the installation. Second
 * factors stay. Throws `forbidden` for anybody who is no owner, or disabled.
 */
export async function breakGlass(context: Context, actor: Actor, input: { operatorId: string }): Promise<Date> {
  const until = new Date(context.now() + BREAK_GLASS_MINUTES * 60_000);
  await changeOperator(context, actor, input, async (tx, { id, role, disabledAt }, now) => {
    if (role !== "owner" || disabledAt !== null) {
      throw new AppError("forbidden", { message: "Only an owner who is not disabled is let in this way." });
    }
    await saveBreakGlass(tx, id, until, now);
    return { action: "operator.glass_broken", after: { until: until.toISOString() } };
  });
  return until;
}

/** Forgets an operator's accounts at issuers, so that another one can be linked. Gives how many there were. */
export async function unlinkOperator(context: Context, actor: Actor, input: { operatorId: string }): Promise<number> {
  let unlinked = 0;
  await changeOperator(context, actor, input, async (tx, { id }) => {
    unlinked = await unlinkIdentities(tx, id);
    return unlinked === 0 ? null : { action: "operator.identity_unlinked", before: { accounts: unlinked } };
  });
  return unlinked;
}
