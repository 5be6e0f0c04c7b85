"use client";

import { unstable_rethrow } from "next/navigation";
import { useCallback, useState, useTransition } from "react";
import { noteReached } from "@/components/failure/reachability";
import { failureOfThrown } from "@/components/failure/unanswered";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import { withConfirmation } from "./confirmation";

export interface ActionState<I, R> {
  /** Runs the action and resolves with its result; never rejects for a refusal or a lost connection. */
  run: (input: I) => Promise<ActionResult<R>>;
  /** True until the server has answered and the page shows what it answered. */
  pending: boolean;
  /** The last refusal, until the next run or `reset`. */
  error: ActionError | null;
  reset: () => void;
}

/**
 * Calls a server action without optimism: nothing changes on the screen before the server has agreed.
 *
 *     const ban = useAction((input: BanInput) => banUsers(scope, input));
 *     const result = await ban.run({ userIds: ["alice"], durationMinutes: 60 });
 *     if (result.ok) notify.success("alice banned.");
 */
export function useAction<I, R>(action: (input: I) => Promise<ActionResult<R>>): ActionState<I, R> {
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<ActionError | null>(null);
  const run = useCallback(
    (input: I) =>
      new Promise<ActionResult<R>>((resolve) => {
        startTransition(async () => {
          setError(null);
          const online = navigator.onLine;
          try {
            const result = await withConfirmation(() => action(input));
            noteReached();
            if (!result.ok) setError(result.error);
            resolve(result);
          } catch (thrown) {
            // A redirect thrown by the action belongs to the router.
            unstable_rethrow(thrown);
            const failure = failureOfThrown(thrown, "change", online);
            setError(failure);
            resolve({ ok: false, error: failure });
          }
        });
      }),
    [action],
  );
  return { run, pending, error, reset: useCallback(() => setError(null), []) };
}
