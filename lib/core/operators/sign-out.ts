import { INSTALLATION, type Operator } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { SessionIdSchema } from "./schema";
import { revokeSession } from "./session-store";

/** Ends one of the operator's own sessions; quiet when it has ended already. */
export async function signOut(context: Context, actor: Operator, input: { sessionId: string }): Promise<void> {
  const { sessionId } = SessionIdSchema.parse(input);
  const now = context.now();
  await context.db.transaction(async (tx) => {
    if (!(await revokeSession(tx, actor.operatorId, sessionId, new Date(now)))) return;
    await writeAudit(tx, INSTALLATION, actor, now, [
      { action: "operator.signed_out", target: { kind: "operator", id: actor.operatorId, name: actor.email } },
    ]);
  });
}
