import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findUser, type StoredUser } from "../users/user-store";
import { CLIENT_STEPS, type ExplainedStep, explainSteps, type MessageFacts } from "./may-message";
import { messageFactsOf } from "./message-facts";
import { type MayMessageInput, MayMessageSchema } from "./schema";

/** One of the two, as a screen shows them. */
export interface NamedParty {
  readonly userId: string;
  /** "" where there is none, or nobody of this id. */
  readonly name: string;
  readonly avatarUrl: string;
  /** Null: not banned now. */
  readonly bannedUntil: Date | null;
}

export interface MayMessageExplanation {
  readonly from: NamedParty;
  readonly to: NamedParty;
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
  const { id: environmentId } = environmentOf(actor);
  const { fromUserId, toUserId } = MayMessageSchema.parse(input);
  const [[facts], from, to] = await Promise.all([
    messageFactsOf(context, environmentId, fromUserId, [toUserId]),
    findUser(context.db, environmentId, fromUserId),
    findUser(context.db, environmentId, toUserId),
  ]);
  if (facts === undefined) throw new Error("no facts about one recipient");
  const now = context.now();
  const steps = explainSteps(CLIENT_STEPS, facts);
  return {
    from: toParty(fromUserId, from, now),
    to: toParty(toUserId, to, now),
    allowed: steps.every(({ holds }) => holds),
    steps,
    facts,
  };
}

function toParty(userId: string, user: StoredUser | null, now: number): NamedParty {
  const banned = user?.bannedUntil ?? null;
  return {
    userId,
    name: user?.name ?? "",
    avatarUrl: user?.avatarUrl ?? "",
    bannedUntil: banned !== null && banned.getTime() > now ? banned : null,
  };
}
