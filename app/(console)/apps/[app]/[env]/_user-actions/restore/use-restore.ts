"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { leave } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/console/action-result";
import type { RestoredUsers } from "@/lib/core/soft-delete/schema";
import { restoreUsersAction } from "../actions";
import { actOnUsers, type Outcome } from "../bulk/act-on-users";
import { type OutcomeReport, type TargetUser, whoText } from "../user-actions";
import { cameBackWords, restoreRefusalWords } from "./restore-words";

export type RestoreOutcome = Outcome<RestoredUsers>;

interface RestoreOptions {
  readonly onChanged: () => void;
  readonly onReport: (report: OutcomeReport) => void;
  /** Who is not soft-deleted now: restored, or restored or deleted before. */
  readonly onNotDeleted: (userIds: readonly string[]) => void;
}

/** Restores users, and says afterwards what came back and who was left out and why. */
export function useRestore({ onChanged, onReport, onNotDeleted }: RestoreOptions) {
  const { scope, base } = useEnvironmentScope();
  const router = useRouter();
  const call = useCallback(
    (users: readonly TargetUser[]): Promise<ActionResult<RestoreOutcome>> =>
      actOnUsers(
        users.map(({ userId }) => userId),
        (userIds) => restoreUsersAction(scope, { userIds }),
        ({ refused }) => refused.map((refusal) => ({ userId: refusal.userId, reason: restoreRefusalWords(refusal) })),
      ),
    [scope],
  );
  const { run, pending } = useAction(call);

  const tell = useCallback(
    ({ done, failed, answer }: RestoreOutcome) => {
      onChanged();
      const { restored } = answer;
      const gone = answer.refused.filter(({ code }) => code === "user_not_soft_deleted" || code === "user_not_found");
      onNotDeleted([...done, ...gone.map(({ userId }) => userId)]);
      const [first] = restored;
      const [refused] = failed;
      if (failed.length === 1 && refused !== undefined && first === undefined) {
        notify.failure(`${refused.userId} was not restored.`, { description: refused.reason });
      } else if (failed.length > 0) {
        onReport({ verb: "restored", done: restored.length, failed });
      } else if (first !== undefined) {
        const single = restored.length === 1;
        const href = single ? userHref(base, first.userId) : `${base}/users`;
        notify.success(`${whoText(restored.map(({ userId }) => userId))} restored.`, {
          description: cameBackWords(restored),
          action: { label: "View", onClick: () => leave(() => router.push(href)) },
        });
      }
    },
    [onChanged, onReport, onNotDeleted, router, base],
  );

  /** Without a question: for Development. */
  const restore = useCallback(
    async (users: readonly TargetUser[]) => {
      const result = await run(users);
      if (result.ok) {
        tell(result.data);
        return;
      }
      notify.failure(`Could not restore ${whoText(users.map(({ userId }) => userId))}.`, {
        description: refusalSentence(result.error),
      });
    },
    [run, tell],
  );
  return { restore, call, tell, pending };
}
