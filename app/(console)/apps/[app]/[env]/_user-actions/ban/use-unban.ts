"use client";

import { useCallback } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { ChangedBan } from "@/lib/core/bans/changed-bans";
import type { BanStep } from "@/lib/core/bans/seen-ban-schema";
import type { Conflict } from "@/lib/core/errors";
import { unbanUsersAction } from "../actions";
import { actOnUsers, type Outcome, retryOf } from "../bulk/act-on-users";
import { doneWords } from "../done-words";
import { COPYABLE, type OutcomeReport, seenBans, type TargetUser, whoText } from "../user-actions";
import { changedFailures, type UndoBans } from "./use-undo-bans";

export type UnbanOutcome = Outcome<{
  readonly unbanned: readonly string[];
  readonly changed: readonly ChangedBan[];
  readonly steps: readonly BanStep[];
}>;

interface UnbanOptions {
  readonly onChanged: (done: readonly string[]) => void;
  readonly onReport: (report: OutcomeReport) => void;
  /** The only user runs another ban than the page showed. */
  readonly onConflict: (users: readonly TargetUser[], error: ActionError) => void;
  readonly undo: UndoBans;
}

/** Lifts bans, at once where it can be undone. Says afterwards what became of it. */
export function useUnban({ onChanged, onReport, onConflict, undo }: UnbanOptions) {
  const { scope } = useEnvironmentScope();
  const place = useApiPlace();
  const call = useCallback(
    (users: readonly TargetUser[], conflict: Conflict | null = null): Promise<ActionResult<UnbanOutcome>> => {
      const seen = seenBans(users, conflict);
      return actOnUsers(
        users.map(({ userId }) => userId),
        (userIds) => unbanUsersAction(scope, { userIds, seen }),
        ({ changed }) => changedFailures(changed),
      );
    },
    [scope],
  );
  const run = useAction(call);

  const tell = useCallback(
    (users: readonly TargetUser[], outcome: UnbanOutcome) => {
      const { failed, answer } = outcome;
      const [first] = users;
      if (first === undefined) return;
      onChanged(failed.length > 0 ? [] : answer.unbanned);
      const lifted = answer.unbanned.length;
      const takeBack = () => void undo(answer.steps);
      if (failed.length > 0) {
        onReport({
          verb: "unbanned",
          done: lifted,
          failed,
          undo: takeBack,
          retry: retryOf(
            outcome,
            (again) => call(again),
            (before, now) => ({
              unbanned: [...before.unbanned, ...now.unbanned],
              changed: now.changed,
              steps: [...before.steps, ...now.steps],
            }),
            (both) => tell(users, both),
          ),
        });
      } else if (lifted === 0) {
        const [only, ...others] = users;
        notify.success(others.length === 0 ? `${only?.userId} was not banned.` : "None of them was banned.");
      } else {
        const rest = users.length - lifted;
        notify.success(`${whoText(answer.unbanned)} unbanned.`, {
          action: { label: "Undo", onClick: takeBack },
          description: doneWords(
            rest > 0 ? `${plural(rest, "user was", "users were")} not banned.` : null,
            place,
            lifted > COPYABLE ? null : serverApiCalls.unbanUsers({ userIds: answer.unbanned }),
          ),
        });
      }
    },
    [onChanged, onReport, undo, call, place],
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
