"use client";

import { unstable_rethrow } from "next/navigation";
import { useCallback, useState, useTransition } from "react";
import { noteReached } from "@/components/failure/reachability";
import { failureOfThrown } from "@/components/failure/unanswered";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import { askToConfirm } from "./confirmation";

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
 * Calls a server action without optimism: nothing changes on the screen before the server has agreed. Where the act takes a fresh
 * proof of who asks, it asks for one and sends the same again.
 *
 *     const ban = useAction((input: BanInput) => banUsers(scope, input));
 *     const result = await ban.run({ userIds: ["alice"], durationMinutes: 60 });
 *     if (result.ok) notify.success("alice banned.");
 */
export function useAction<I, R>(action: (input: I) => Promise<ActionResult<R>>): ActionState<I, R> {
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<ActionError | null>(null);
  const run = useCallback(
    async (input: I): Promise<ActionResult<R>> => {
      const attempt = () =>
        new Promise<ActionResult<R>>((resolve) => {
          startTransition(async () => {
            setError(null);
            const online = navigator.onLine;
            try {
              const result = await action(input);
              noteReached();
              if (!result.ok && result.error.code !== "confirmation_needed") setError(result.error);
              resolve(result);
            } catch (thrown) {
              // A redirect thrown by the action belongs to the router.
              unstable_rethrow(thrown);
              const failure = failureOfThrown(thrown, "change", online);
              setError(failure);
              resolve({ ok: false, error: failure });
            }
          });
        });
      let result = await attempt();
      while (!result.ok && result.error.code === "confirmation_needed") {
        // Between two transitions: React ends those that are open at a time together, and the question has one of its own.
        if (!(await askToConfirm())) {
          setError(result.error);
          break;
        }
        result = await attempt();
      }
      return result;
    },
    [action],
  );
  return { run, pending, error, reset: useCallback(() => setError(null), []) };
}
