"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { conflictSentence } from "@/components/form/conflict";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { localTime } from "@/components/ui/time-format";
import type { ChangedBan } from "@/lib/core/bans/changed-bans";
import type { BanStep, SeenBan } from "@/lib/core/bans/seen-ban-schema";
import { undoBansAction } from "../actions";
import { actOnUsers, type Failure } from "../bulk/act-on-users";
import { type OutcomeReport, whoText } from "../user-actions";

/** Why those were left out whose ban somebody has changed meanwhile. Another try meets what stands now. */
export const changedFailures = (changed: readonly ChangedBan[]): Failure[] =>
  changed.map(({ userId, conflict }) => ({
    userId,
    reason: conflictSentence(conflict),
    again: { ...(conflict.current as SeenBan), userId },
  }));

/** Takes back a ban or an unban: each user's ban is then what it was before, unless somebody has changed it since. */
export function useUndoBans(onChanged: () => void, onReport: (report: OutcomeReport) => void) {
  const { scope } = useEnvironmentScope();
  return useCallback(
    async (steps: readonly BanStep[]) => {
      const userIds = steps.map(({ userId }) => userId);
      const result = await actOnUsers(
        userIds,
        () => undoBansAction(scope, { steps: [...steps] }),
        ({ changed, over }) => [
          ...changedFailures(changed),
          ...over.map((userId) => ({ userId, reason: "The earlier ban would have ended by now." })),
        ],
      );
      onChanged();
      const who = whoText(userIds);
      if (!result.ok) {
        notify.failure(`Not undone. Nothing changed for ${who}.`, { description: refusalSentence(result.error) });
        return;
      }
      const { failed, done, answer } = result.data;
      const [failure] = failed;
      const [undone] = answer.undone;
      if (failure !== undefined && userIds.length === 1) {
        notify.failure(`Not undone. Nothing changed for ${who}.`, { description: failure.reason });
      } else if (failed.length > 0) onReport({ verb: "undone", done: done.length, failed });
      else if (undone !== undefined && userIds.length === 1) {
        const { bannedUntil } = undone;
        const now = bannedUntil === null ? "not banned" : `banned until ${localTime(bannedUntil)}`;
        notify.success(`Undone: ${who} is ${now}, as before.`);
      } else notify.success(`Undone: ${plural(done.length, "user is", "users are")} as before.`);
    },
    [scope, onChanged, onReport],
  );
}

export type UndoBans = ReturnType<typeof useUndoBans>;
