"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import { setDirectMuteAction } from "./actions";

/** Mutes or unmutes at once, without a dialog: it can be undone. Says afterwards what became of it. */
export function useMute(onChanged: () => void): (userId: string, muted: boolean) => void {
  const { scope } = useEnvironmentScope();
  return useCallback(
    (userId, muted) => {
      const set = async (to: boolean, undo: boolean): Promise<void> => {
        const result = await setDirectMuteAction(scope, { userIds: [userId], muted: to });
        if (!result.ok) {
          const what = to ? "muted" : "unmuted";
          notify.failure(`${userId} was not ${what}.`, { description: refusalSentence(result.error) });
          return;
        }
        onChanged();
        const word = to ? "muted in direct channels" : "no longer muted in direct channels";
        notify.success(
          `${userId} is ${word}.`,
          undo ? { action: { label: "Undo", onClick: () => void set(!to, false) } } : undefined,
        );
      };
      void set(muted, true);
    },
    [scope, onChanged],
  );
}
