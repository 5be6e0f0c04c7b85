import type { Db } from "@/lib/db/database";
import { inPrisma, type Run, runWrites } from "@/lib/db/statement";
import { retrying, transactionEndingIn } from "@/lib/db/transaction";
import type { Actor } from "../actor";
import { holdClock } from "../clock/clock-store";
import type { Context } from "../context";
import { requireRoom, tellingRoom } from "../room/need-room";
import { type Command, consequencesOf, type Outcome } from "./outcome";

/**
 * The one way to change something (docs/decisions/0017-one-way-to-write.md). Runs a command in a transaction of its own,
 * with the audit entries, webhook events and bus events that follow from it; begins anew when it was stale
 * (`StaleTransaction`) or met a deadlock, so the command must have no effect outside its transaction.
 *
 * When it resolves, the change and all that follows is committed. When it rejects, nothing was done. Throws `no_room`
 * where what this actor does must wait for room.
 */
export async function execute<Result>(context: Context, actor: Actor, command: Command<Result>): Promise<Result> {
  requireRoom(context, actor);
  const transaction = () =>
    transactionEndingIn(context.db.pool, async (run) => {
      await holdClock(run, actor.environment);
      const outcome = await command(run);
      const { writes, published } = consequencesOf(context, [{ actor, outcome }]);
      return { result: { outcome, published }, writes };
    });
  const done = await tellingRoom(context, () => retrying(transaction));
  done.published();
  return done.outcome.result;
}

/** `execute` for commands whose stores speak Prisma: `tx` and `run` are the same transaction. */
export async function executeWithPrisma<Result>(
  context: Context,
  actor: Actor,
  command: (tx: Db, run: Run) => Promise<Outcome<Result>>,
): Promise<Result> {
  requireRoom(context, actor);
  const transaction = () =>
    context.db.transaction(async (tx) => {
      const run = inPrisma(tx);
      await holdClock(run, actor.environment);
      const outcome = await command(tx, run);
      const { writes, published } = consequencesOf(context, [{ actor, outcome }]);
      await runWrites(run, writes);
      return { outcome, published };
    });
  const done = await tellingRoom(context, () => retrying(transaction));
  done.published();
  return done.outcome.result;
}
