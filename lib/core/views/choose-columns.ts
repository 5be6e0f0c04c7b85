import { type Actor, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type ChooseColumnsInput, ChooseColumnsSchema, type ChosenColumns } from "./schema";
import { findColumns, saveColumns } from "./view-store";

/** Which columns an operator has chosen, of every list of which they have. */
export async function getChosenColumns(context: Context, actor: Actor): Promise<ChosenColumns> {
  requirePermission(actor, "users.read");
  return findColumns(context.db.prisma, nameOf(actor).id);
}

/** Keeps which columns of a list the operator wants to see, in every environment. */
export async function chooseColumns(context: Context, actor: Actor, input: ChooseColumnsInput): Promise<void> {
  requirePermission(actor, "users.read");
  const { list, columns } = ChooseColumnsSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx) => {
    await saveColumns(tx, nameOf(actor).id, list, columns);
    return { result: undefined };
  });
}
