import { retrying, retryingTransaction } from "@/lib/db/retry";
import { inPrisma, type Run, transactionOn } from "@/lib/db/statement";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { type AuditRecord, writeAudit } from "./audit-store";

/** Inside the transaction of a change. */
export interface Change {
  readonly run: Run;
  /** Writes audit entries for operators, the command line and jobs; of app servers and app users none are kept. */
  audit(records: readonly AuditRecord[]): Promise<void>;
}

/** Whether a change that app servers make by the thousand is written to the audit log when this actor makes it. */
export const isAudited = (actor: Actor): boolean => actor.kind === "operator" || actor.kind === "system";

/**
 * One transaction for what users own and app servers change by the thousand: friends, blocklists. On the pool, or
 * over Prisma where audit entries belong to it. Begins anew when it was stale (`StaleTransaction`) or met a deadlock, so
 * `work` must have no effect outside it.
 */
export function changeOwned<T>(context: Context, actor: Actor, work: (change: Change) => Promise<T>): Promise<T> {
  const { db } = context;
  if (!isAudited(actor)) {
    return retrying(() => transactionOn(db.pool, (run) => work({ run, audit: async () => undefined })));
  }
  const { id } = environmentOf(actor);
  return retryingTransaction(db, (tx) =>
    work({ run: inPrisma(tx), audit: (records) => writeAudit(tx, id, actor, context.now(), records) }),
  );
}
