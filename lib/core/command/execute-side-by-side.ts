import { isInFailedTransaction } from "@/lib/db/sql-state";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type BatchedCommand, executeTogether } from "./execute-together";
import type { Outcome } from "./outcome";

export interface SideBySideOptions<Input, Result> {
  /**
   * One command, as `execute` takes it, but for one rule: a refusal comes before its first write, since what it has written stays in
   * the transaction of the others.
   */
  command(run: Run, command: BatchedCommand<Input>): Promise<Outcome<Result>>;
  /** What a command may change. Commands with a key in common never share a transaction, and keep their order. */
  keysOf(input: Input): readonly string[];
  /**
   * Takes the locks of several commands, each kind in the one order in which everybody takes it; sends all its statements at once. The
   * commands take their own again, which nobody can make them wait for then.
   */
  lock(run: Run, environmentId: EnvironmentId, inputs: readonly Input[]): Promise<unknown>;
}

const MAX_COMMANDS = 50;

/**
 * `execute` for commands of one kind that may come by the thousand: those of one environment that arrive together share a transaction,
 * and with it its exchanges, its commit and its announcement (docs/decisions/0085-commands-side-by-side.md). They look and write at the
 * same time. What `execute` promises holds for each of them.
 */
export function executeSideBySide<Input, Result>({
  command,
  keysOf,
  lock,
}: SideBySideOptions<Input, Result>): (
  context: Context,
  actor: BatchedCommand<Input>["actor"],
  input: Input,
) => Promise<Result> {
  return executeTogether<Input, Result>({
    maxCommands: MAX_COMMANDS,
    // What is announced commits one by one (decision 17): a second transaction would wait, and take commands from the first.
    maxInFlight: 1,
    keysOf,
    async run(run, environmentId, commands) {
      // Sent before what the commands ask, and so done before it. One alone takes its locks in order by itself.
      const locked =
        commands.length > 1
          ? lock(
              run,
              environmentId,
              commands.map(({ input }) => input),
            )
          : undefined;
      // All of them come to an end before the transaction does.
      const [lockEnd, ...ends] = await Promise.allSettled([locked, ...commands.map(async (one) => command(run, one))]);
      const failures = [lockEnd, ...ends].flatMap((end) =>
        end?.status === "rejected" && !(end.reason instanceof AppError) ? [end.reason as unknown] : [],
      );
      // After the one that failed PostgreSQL refuses the others as well, which says nothing.
      if (failures.length > 0) throw failures.find((error) => !isInFailedTransaction(error)) ?? failures[0];
      return ends.map((end) =>
        end.status === "fulfilled" ? (end.value as Outcome<Result>) : (end.reason as AppError),
      );
    },
  });
}
