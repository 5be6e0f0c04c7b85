import { z } from "zod";
import type { Actor, OperatorRole } from "../actor";
import type { Context } from "../context";
import { searchText } from "../input/text";
import { mayAlso, requirePermission } from "../permissions";
import { beginsWordsOf, foldedText } from "../search/fold";
import { findOperators } from "./operator-store";

export interface SuggestedOperator {
  readonly id: string;
  readonly name: string;
  /** "": the actor may not see e-mail addresses. */
  readonly email: string;
  readonly role: OperatorRole;
}

const InputSchema = z.object({ q: searchText(256).catch("") });

const SUGGESTIONS_MAX = 8;

/** Whether a text means an operator: the whole id, the beginning of the e-mail address, or of words of the name. */
export function meansOperator(text: string, operator: Pick<SuggestedOperator, "id" | "name" | "email">): boolean {
  const whole = foldedText(text);
  if (whole === "") return false;
  return (
    operator.id === text.trim() ||
    (operator.email !== "" && foldedText(operator.email).startsWith(whole)) ||
    beginsWordsOf(text, operator.name)
  );
}

/** The ids of the first operators whom a text means, oldest first: each is a range or two more of an index to look at. */
export async function findOperatorsMeant(context: Context, text: string): Promise<string[]> {
  const operators = await findOperators(context.db.prisma);
  return operators
    .filter((operator) => meansOperator(text, operator))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ id }) => id);
}

/** The first eight operators whom a typed text may mean, oldest first; none for an empty text. */
export async function suggestOperators(
  context: Context,
  actor: Actor,
  input: { q: string },
): Promise<SuggestedOperator[]> {
  requirePermission(actor, "operators.read");
  const { q } = InputSchema.parse(input);
  const operators = await findOperators(context.db.prisma);
  const seesAddresses = mayAlso(actor, "operators.read_addresses");
  return operators
    .map((operator) => (seesAddresses ? operator : { ...operator, email: "" }))
    .filter((operator) => meansOperator(q, operator))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ id, name, email, role }) => ({ id, name, email, role }));
}
