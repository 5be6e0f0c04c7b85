import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Run } from "@/lib/db/statement";
import { transactionEndingIn } from "@/lib/db/transaction";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { holdClock } from "../clock/clock-store";
import type { Context } from "../context";
import { requireRoom, tellingRoom } from "../room/need-room";
import { consequencesOf, type Outcome } from "./outcome";

/** One of the commands that share a transaction. */
export interface BatchedCommand<Input> {
  readonly context: Context;
  readonly actor: Actor;
  readonly input: Input;
}

export interface CommandBatchOptions<Input, Result> {
  /**
   * Carries out commands of one environment in the transaction of `run`, and gives their outcomes in the same order. An
   * `Error` in the list is the refusal of that one command, of which nothing may have been done.
   */
  run(
    run: Run,
    environmentId: EnvironmentId,
    commands: ReadonlyArray<BatchedCommand<Input>>,
  ): Promise<ReadonlyArray<Outcome<Result> | Error>>;
  readonly maxCommands: number;
  /** Transactions of one environment that may run at the same time. */
  readonly maxInFlight: number;
  /** Commands with a key in common never share a transaction, and keep their order. */
  keysOf?(input: Input): readonly string[];
}

/**
 * `execute` for commands that come by the thousand: those of one environment that arrive together share a transaction.
 * What `execute` promises holds for each of them. Environments share nothing, so that a lock in one never fails or delays
 * another's calls.
 */
export function executeTogether<Input, Result>(
  options: CommandBatchOptions<Input, Result>,
): (context: Context, actor: Actor, input: Input) => Promise<Result> {
  const { run: runCommands, maxCommands, maxInFlight, keysOf } = options;
  const batchOf = perDatabase((db) =>
    createBatch<BatchedCommand<Input>, Result>({
      maxItems: maxCommands,
      maxInFlight,
      // Those who read different clocks share nothing either.
      groupOf: ({ actor }) => {
        const { id, clock } = environmentOf(actor);
        return clock === null ? id : `${id} ${clock.startedAt} ${clock.aheadMs}`;
      },
      ...(keysOf === undefined ? {} : { keysOf: ({ input }: BatchedCommand<Input>) => keysOf(input) }),
      async run(commands) {
        const [first] = commands;
        if (first === undefined) return [];
        const { context, actor } = first;
        const committed = await transactionEndingIn(db.pool, async (run) => {
          await holdClock(run, environmentOf(actor));
          const outcomes = await runCommands(run, environmentOf(actor).id, commands);
          const done = commands.flatMap((command, index) => {
            const outcome = outcomes[index];
            return outcome === undefined || outcome instanceof Error ? [] : [{ actor: command.actor, outcome }];
          });
          const { writes, published } = consequencesOf(context, done);
          return { result: { outcomes, published }, writes };
        });
        committed.published();
        return committed.outcomes.map((outcome) => (outcome instanceof Error ? outcome : outcome.result));
      },
    }),
  );
  return async (context, actor, input) => {
    requireRoom(context, actor);
    return tellingRoom(context, () => batchOf(context.db)({ context, actor, input }));
  };
}
