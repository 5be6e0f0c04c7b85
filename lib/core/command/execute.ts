import type { Db } from "@/lib/db/database";
import { inPrisma, type Run } from "@/lib/db/statement";
import { retrying, transactionOn } from "@/lib/db/transaction";
import type { Actor } from "../actor";
import type { Context } from "../context";
import { type Command, type Outcome, recordOutcomes } from "./outcome";

/**
 * The one way to change something (docs/decisions/0017-one-way-to-write.md). Runs a command in a transaction of its own,
 * with the audit entries, webhook events and bus events that follow from it; begins anew when it was stale
 * (`StaleTransaction`) or met a deadlock, so the command must have no effect outside its transaction.
 *
 * When it resolves, the change and all that follows is committed. When it rejects, nothing was done.
 */
export async function execute<Result>(context: Context, actor: Actor, command: Command<Result>): Promise<Result> {
  const done = await retrying(() =>
    transactionOn(context.db.pool, async (run) => {
      const outcome = await command(run);
      return { outcome, published: await recordOutcomes(context, run, [{ actor, outcome }]) };
    }),
  );
  done.published();
  return done.outcome.result;
}

/** `execute` for commands whose stores speak Prisma: `tx` and `run` are the same transaction. */
export async function executeWithPrisma<Result>(
  context: Context,
  actor: Actor,
  command: (tx: Db, run: Run) => Promise<Outcome<Result>>,
): Promise<Result> {
  const done = await retrying(() =>
    context.db.transaction(async (tx) => {
      const run = inPrisma(tx);
      const outcome = await command(tx, run);
      return { outcome, published: await recordOutcomes(context, run, [{ actor, outcome }]) };
    }),
  );
  done.published();
  return done.outcome.result;
}
