"use client";

import { useCallback } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import type { Seeing } from "@/lib/console/action";
import { GROUP_ROLE } from "@/lib/core/groups/facts";
import type { SetGroupRoleInput } from "@/lib/core/groups/schema";
import { setMemberRoleAction } from "./actions";
import type { Membership } from "./membership-actions";

/** Makes a member an admin of the group, or an admin a member. Undone as easily, so there is no question but a way back. */
export function useSwitchRole(onChanged: () => void): (membership: Membership) => void {
  const { scope } = useEnvironmentScope();
  const { run } = useAction(
    useCallback((input: Seeing<SetGroupRoleInput>) => setMemberRoleAction(scope, input), [scope]),
  );
  return useCallback(
    ({ groupId, userId, role: before }) => {
      type Role = SetGroupRoleInput["role"];
      const give = async (role: Role, seen: Role, undo: (() => void) | null) => {
        const result = await run({ groupId, userId, role, seen: { role: seen } });
        if (!result.ok) {
          const { conflict } = result.error;
          const theirs = conflict && (conflict.current as { role: Role }).role;
          if (theirs !== undefined) onChanged();
          notify.failure(`The role of ${userId} was not changed.`, {
            description: refusalSentence(result.error),
            action:
              theirs === undefined || theirs === role
                ? undefined
                : { label: "Replace", onClick: () => void give(role, theirs, null) },
          });
          return;
        }
        onChanged();
        const word = role === GROUP_ROLE.admin ? "an admin" : "an ordinary member";
        notify.success(`${userId} is now ${word} of ${groupId}.`, {
          ...(undo === null ? {} : { action: { label: "Undo", onClick: undo } }),
        });
      };
      const isAdmin = before === GROUP_ROLE.admin;
      const [next, back] = isAdmin ? ([1, 2] as const) : ([2, 1] as const);
      void give(next, back, () => void give(back, next, null));
    },
    [run, onChanged],
  );
}
