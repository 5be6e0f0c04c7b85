import { type Actor, environmentOf, requirePermission } from "../actor";
import type { Context } from "../context";
import { CLIENT_STEPS, type ExplainedStep, explainSteps, type MessageFacts } from "./may-message";
import { messageFactsOf } from "./message-facts";
import { type MayMessageInput, MayMessageSchema } from "./schema";

export interface MayMessageExplanation {
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly allowed: boolean;
  readonly steps: readonly ExplainedStep[];
  readonly facts: MessageFacts;
}

/** Whether one user's client may send another a direct message now, and what each step of the rule comes to. */
export async function explainMayMessage(
  context: Context,
  actor: Actor,
  input: MayMessageInput,
): Promise<MayMessageExplanation> {
  requirePermission(actor, "users.read");
  const { fromUserId, toUserId } = MayMessageSchema.parse(input);
  const [facts] = await messageFactsOf(context, environmentOf(actor).id, fromUserId, [toUserId]);
  if (facts === undefined) throw new Error("no facts about one recipient");
  const steps = explainSteps(CLIENT_STEPS, facts);
  return { fromUserId, toUserId, allowed: steps.every(({ holds }) => holds), steps, facts };
}
