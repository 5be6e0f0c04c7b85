"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/toaster";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { ChangedBan } from "@/lib/core/bans/changed-bans";
import type { BanStep } from "@/lib/core/bans/seen-ban-schema";
import type { Conflict } from "@/lib/core/errors";
import { unbanUsersAction } from "../actions";
import { type Outcome, runInChunks } from "../bulk/run-in-chunks";
import { CHUNK, type OutcomeReport, seenBans, type TargetUser, whoText } from "../user-actions";
import { changedFailures, type UndoBans } from "./use-undo-bans";

export type UnbanOutcome = Outcome<{
  readonly unbanned: readonly string[];
  readonly changed: readonly ChangedBan[];
  readonly steps: readonly BanStep[];
}>;

interface UnbanOptions {
  readonly onChanged: () => void;
  readonly onReport: (report: OutcomeReport) => void;
  /** The only user runs another ban than the page showed. */
  readonly onConflict: (users: readonly TargetUser[], error: ActionError) => void;
  readonly undo: UndoBans;
}

/** Lifts bans, at once where it can be undone. Says afterwards what became of it. */
export function useUnban({ onChanged, onReport, onConflict, undo }: UnbanOptions) {
  const { scope } = useEnvironmentScope();
  const call = useCallback(
    (users: readonly TargetUser[], conflict: Conflict | null = null): Promise<ActionResult<UnbanOutcome>> => {
      const seen = new Map(seenBans(users, conflict).map((ban) => [ban.userId, ban]));
      return runInChunks({
        userIds: users.map(({ userId }) => userId),
        size: CHUNK,
        call: (userIds) => unbanUsersAction(scope, { userIds, seen: userIds.flatMap((id) => seen.get(id) ?? []) }),
        refused: ({ changed }) => changedFailures(changed),
      });
    },
    [scope],
  );
  const run = useAction(call);

  const tell = useCallback(
    (users: readonly TargetUser[], { failed, answers }: UnbanOutcome) => {
      const [first] = users;
      if (first === undefined) return;
      onChanged();
      const lifted = answers.reduce((sum, answer) => sum + answer.unbanned.length, 0);
      const steps = answers.flatMap((answer) => answer.steps);
      const action = { label: "Undo", onClick: () => void undo(steps) };
      if (failed.length > 0) onReport({ verb: "unbanned", done: lifted, failed });
      else if (lifted === 0) {
        const [only, ...others] = users;
        notify.success(others.length === 0 ? `${only?.userId} was not banned.` : "None of them was banned.");
      } else {
        const rest = users.length - lifted;
        notify.success(`${whoText(answers.flatMap((answer) => answer.unbanned))} unbanned.`, {
          action,
          ...(rest > 0 ? { description: `${plural(rest, "user was", "users were")} not banned.` } : {}),
        });
      }
    },
    [onChanged, onReport, undo],
  );

  /** Without a question. */
  const unban = useCallback(
    async (users: readonly TargetUser[]) => {
      const result = await run.run(users);
      if (result.ok) tell(users, result.data);
      else if (result.error.conflict) onConflict(users, result.error);
      else {
        notify.failure(`Could not unban ${whoText(users.map(({ userId }) => userId))}.`, {
          description: refusalSentence(result.error),
        });
      }
    },
    [run.run, tell, onConflict],
  );
  return { unban, call, tell, pending: run.pending };
}
