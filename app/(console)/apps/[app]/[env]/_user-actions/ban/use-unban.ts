"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/console/action-result";
import { banUsersAction, unbanUsersAction } from "../actions";
import { type Outcome, runInChunks } from "../bulk/run-in-chunks";
import { CHUNK, type OutcomeReport, type TargetUser, whoText } from "../user-actions";
import { minutesUntil } from "./ban-length";

/** Bans again to the end that the lifted ban had, to the minute. The history shows both. */
function useBanAgain(onChanged: () => void) {
  const { scope } = useEnvironmentScope();
  return useCallback(
    async (userId: string, until: Date) => {
      const durationMinutes = minutesUntil(until.getTime(), Date.now());
      if (durationMinutes < 1) {
        notify.failure(`The former ban of ${userId} is over by now, so there is nothing to restore.`);
        return;
      }
      const result = await banUsersAction(scope, { userIds: [userId], durationMinutes, reason: "Unban undone" });
      if (result.ok) notify.success(`${userId} is banned again to the former end.`);
      else notify.failure(`${userId} was not banned again.`, { description: refusalSentence(result.error) });
      onChanged();
    },
    [scope, onChanged],
  );
}

export type UnbanOutcome = Outcome<{ readonly unbanned: readonly string[] }>;

/** Lifts bans, at once where it can be undone. Says afterwards what became of it. */
export function useUnban(onChanged: () => void, onReport: (report: OutcomeReport) => void) {
  const { scope } = useEnvironmentScope();
  const banAgain = useBanAgain(onChanged);
  const call = useCallback(
    (userIds: readonly string[]): Promise<ActionResult<UnbanOutcome>> =>
      runInChunks({
        userIds,
        size: CHUNK,
        call: (chunk) => unbanUsersAction(scope, { userIds: chunk }),
        refused: () => [],
      }),
    [scope],
  );
  const { run, pending } = useAction(call);

  const tell = useCallback(
    (users: readonly TargetUser[], { failed, answers }: UnbanOutcome) => {
      const [first] = users;
      if (first === undefined) return;
      onChanged();
      const lifted = answers.reduce((sum, answer) => sum + answer.unbanned.length, 0);
      if (failed.length > 0) {
        onReport({ verb: "unbanned", done: lifted, failed });
      } else if (users.length === 1) {
        const until = first.bannedUntil;
        notify.success(
          lifted === 1 ? `${first.userId} unbanned.` : `${first.userId} was not banned.`,
          until && lifted === 1
            ? { action: { label: "Undo", onClick: () => void banAgain(first.userId, until) } }
            : undefined,
        );
      } else {
        const rest = users.length - lifted;
        notify.success(
          `${plural(lifted, "user")} unbanned.`,
          rest > 0 ? { description: `${plural(rest, "user was", "users were")} not banned.` } : undefined,
        );
      }
    },
    [onChanged, onReport, banAgain],
  );

  /** Without a question. */
  const unban = useCallback(
    async (users: readonly TargetUser[]) => {
      const result = await run(users.map((user) => user.userId));
      if (result.ok) {
        tell(users, result.data);
        return;
      }
      notify.failure(`Could not unban ${whoText(users.map(({ userId }) => userId))}.`, {
        description: refusalSentence(result.error),
      });
    },
    [run, tell],
  );
  return { unban, call, tell, pending };
}
