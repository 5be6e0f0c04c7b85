import { conflictSentence } from "@/components/form/conflict";
import type { ActionError, ActionResult } from "@/lib/console/action-result";

export interface Failure {
  readonly userId: string;
  /** Why, in words for the operator. */
  readonly reason: string;
  /** The error behind it, when a whole call was refused. */
  readonly error?: ActionError;
}

export interface Outcome<R> {
  readonly done: readonly string[];
  readonly failed: readonly Failure[];
  /** The answers of the calls that succeeded, in order. */
  readonly answers: readonly R[];
}

/** Refusals that every further call would meet as well. */
const FINAL = new Set(["forbidden", "not_signed_in", "production_closed", "invalid_parameter", "parameter_too_long"]);

/**
 * Carries out one act on many users in calls of at most `size`, and says for each user what became of it. A refused
 * call fails its own users only. When every call was refused, that refusal is the result.
 */
export async function runInChunks<R>(options: {
  userIds: readonly string[];
  size: number;
  call: (userIds: string[]) => Promise<ActionResult<R>>;
  /** Those of a call's users that the server did not act on, by its answer. */
  refused: (answer: R, userIds: readonly string[]) => readonly Failure[];
  onProgress?: (finished: number) => void;
}): Promise<ActionResult<Outcome<R>>> {
  const { userIds, size, call, refused, onProgress } = options;
  const done: string[] = [];
  const failed: Failure[] = [];
  const answers: R[] = [];
  let lastError: ActionError | null = null;
  for (let start = 0; start < userIds.length; start += size) {
    const chunk = userIds.slice(start, start + size);
    if (lastError && FINAL.has(lastError.code)) {
      failed.push(...chunk.map((userId) => ({ userId, reason: "Not tried: the call before was refused." })));
      continue;
    }
    const result = await call(chunk);
    if (result.ok) {
      const not = refused(result.data, chunk);
      const notIds = new Set(not.map((failure) => failure.userId));
      answers.push(result.data);
      failed.push(...not);
      done.push(...chunk.filter((userId) => !notIds.has(userId)));
    } else {
      const { error } = result;
      lastError = error;
      // What somebody has changed meanwhile is not tried again as it was seen.
      const { conflict } = error;
      const why = conflict ? { reason: conflictSentence(conflict) } : { reason: error.message, error };
      failed.push(...chunk.map((userId) => ({ userId, ...why })));
    }
    onProgress?.(Math.min(start + size, userIds.length));
  }
  if (answers.length === 0 && lastError) return { ok: false, error: lastError };
  return { ok: true, data: { done, failed, answers } };
}
