import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { SessionIdSchema } from "./schema";
import { revokeSession } from "./session-store";

/** Ends one of the operator's own sessions; quiet when it has ended already. */
export async function signOut(context: Context, actor: Operator, input: { sessionId: string }): Promise<void> {
  const { sessionId } = SessionIdSchema.parse(input);
  const now = context.now();
  const target = { kind: "operator", id: actor.operatorId, name: actor.email } as const;
  await executeWithPrisma(context, actor, async (tx) => {
    const ended = await revokeSession(tx, actor.operatorId, sessionId, new Date(now));
    const audit = [{ environmentId: INSTALLATION, action: "operator.signed_out", target }] as const;
    return { result: undefined, audit: ended ? audit : [] };
  });
}
