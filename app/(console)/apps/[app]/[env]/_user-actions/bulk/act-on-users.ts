import type { ActionResult } from "@/lib/console/action-result";

export interface Failure {
  readonly userId: string;
  /** Why, in words for the operator. */
  readonly reason: string;
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
