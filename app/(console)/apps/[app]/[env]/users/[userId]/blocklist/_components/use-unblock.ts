"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import { blockUsersAction, unblockUsersAction } from "../../actions";

/** Takes a user off another's blocklist at once, without a dialog: it can be undone. */
export function useUnblock(onChanged: () => void): (userId: string, blockedId: string) => void {
  const { scope } = useEnvironmentScope();
  return useCallback(
    (userId, blockedId) => {
      const blockAgain = async () => {
        const result = await blockUsersAction(scope, { userId, targetUserIds: [blockedId] });
        if (result.ok) {
          onChanged();
          notify.success(`${userId} blocks ${blockedId} again.`);
        } else {
          const description = refusalSentence(result.error);
          notify.failure(`${blockedId} was not blocked again.`, { description });
        }
      };
      const unblock = async () => {
        const result = await unblockUsersAction(scope, { userId, blockedUserIds: [blockedId] });
        if (!result.ok) {
          notify.failure(`${blockedId} was not unblocked.`, { description: refusalSentence(result.error) });
          return;
        }
        onChanged();
        if (result.data.unblocked.length === 0) notify.success(`${userId} no longer blocked ${blockedId}.`);
        else {
          notify.success(`${userId} no longer blocks ${blockedId}.`, {
            action: { label: "Undo", onClick: () => void blockAgain() },
          });
        }
      };
      void unblock();
    },
    [scope, onChanged],
  );
}
