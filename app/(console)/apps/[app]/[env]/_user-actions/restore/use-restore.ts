"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { leave } from "@/components/form/unsaved";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { notify } from "@/components/ui/notify";
import type { ActionResult } from "@/lib/console/action-result";
import { RESTORE_MAY_PASS, type RestoredUsers } from "@/lib/core/soft-delete/schema";
import { restoreUsersAction } from "../actions";
import { actOnUsers, type Outcome, retryOf } from "../bulk/act-on-users";
import { doneWords } from "../done-words";
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
  const place = useApiPlace();
  const router = useRouter();
  const call = useCallback(
    (users: readonly TargetUser[]): Promise<ActionResult<RestoreOutcome>> =>
      actOnUsers(
        users.map(({ userId }) => userId),
        (userIds) => restoreUsersAction(scope, { userIds }),
        ({ refused }) =>
          refused.map((refusal) => ({
            userId: refusal.userId,
            reason: restoreRefusalWords(refusal),
            ...(RESTORE_MAY_PASS.has(refusal.code) ? { again: { userId: refusal.userId } } : {}),
          })),
      ),
    [scope],
  );

  const tell = useCallback(
    (outcome: RestoreOutcome) => {
      const { done, failed, answer } = outcome;
      onChanged();
      const { restored } = answer;
      const gone = answer.refused.filter(({ code }) => code === "user_not_soft_deleted" || code === "user_not_found");
      onNotDeleted([...done, ...gone.map(({ userId }) => userId)]);
      const [first] = restored;
      const [refused] = failed;
      if (failed.length === 1 && refused !== undefined && first === undefined) {
        notify.failure(`${refused.userId} was not restored.`, { description: refused.reason });
      } else if (failed.length > 0) {
        onReport({
          verb: "restored",
          done: restored.length,
          failed,
          retry: retryOf(
            outcome,
            call,
            (before, now) => ({ ...now, restored: [...before.restored, ...now.restored] }),
            tell,
          ),
        });
      } else if (first !== undefined) {
        const single = restored.length === 1;
        const href = single ? userHref(base, first.userId) : `${base}/users`;
        notify.success(`${whoText(restored.map(({ userId }) => userId))} restored.`, {
          description: doneWords(
            cameBackWords(restored),
            place,
            serverApiCalls.restoreUsers({ userIds: restored.map(({ userId }) => userId) }),
          ),
          action: { label: "View", onClick: () => leave(() => router.push(href)) },
        });
      }
    },
    [onChanged, onReport, onNotDeleted, router, base, call, place],
  );
  return { call, tell };
}
