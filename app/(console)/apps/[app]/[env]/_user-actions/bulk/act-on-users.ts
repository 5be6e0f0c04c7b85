import type { ActionResult } from "@/lib/console/action-result";
import type { OutcomeReport, TargetUser } from "../user-actions";

export interface Failure {
  readonly userId: string;
  /** Why, in words for the operator. */
  readonly reason: string;
  /** What another try is to meet; absent where it would change nothing. */
  readonly again?: TargetUser;
}

export interface Outcome<R> {
  readonly done: readonly string[];
  readonly failed: readonly Failure[];
  readonly answer: R;
}

/** Carries out one act on a few users in one call, and says for each of them what became of it. */
export async function actOnUsers<R>(
  userIds: readonly string[],
  call: (userIds: string[]) => Promise<ActionResult<R>>,
  /** Those that the server did not act on, by its answer. */
  refused: (answer: R) => readonly Failure[],
): Promise<ActionResult<Outcome<R>>> {
  const result = await call([...userIds]);
  if (!result.ok) return result;
  const failed = refused(result.data);
  const not = new Set(failed.map((failure) => failure.userId));
  return { ok: true, data: { done: userIds.filter((userId) => !not.has(userId)), failed, answer: result.data } };
}

/**
 * "Retry failed" of an act's report: does it again with those of whom another try may be accepted. What came of both tries
 * is told as of one, so that Undo takes back both. Undefined where nobody may pass.
 */
export function retryOf<R>(
  before: Outcome<R>,
  call: (users: readonly TargetUser[]) => Promise<ActionResult<Outcome<R>>>,
  join: (before: R, now: R) => R,
  tell: (both: Outcome<R>) => void,
): OutcomeReport["retry"] {
  const users = before.failed.flatMap(({ again }) => again ?? []);
  if (users.length === 0) return undefined;
  return {
    count: users.length,
    run: async () => {
      const result = await call(users);
      if (!result.ok) return result;
      const now = result.data;
      const both = {
        done: [...before.done, ...now.done],
        failed: [...before.failed.filter(({ again }) => again === undefined), ...now.failed],
        answer: join(before.answer, now.answer),
      };
      return { ok: true, data: () => tell(both) };
    },
  };
}
