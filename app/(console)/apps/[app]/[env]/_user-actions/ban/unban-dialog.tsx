"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/console/action-result";
import { COPYABLE, type TargetUser, unseenWords, whoText } from "../user-actions";
import type { UnbanOutcome } from "./use-unban";

interface UnbanDialogProps {
  users: readonly TargetUser[];
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  call: (userIds: readonly string[]) => Promise<ActionResult<UnbanOutcome>>;
  onDone: (outcome: UnbanOutcome) => void;
}

/** Asks before the bans of ticked users are lifted: some of them may be out of sight. */
export function UnbanDialog({ users, returnFocusTo, onClose, call, onDone }: UnbanDialogProps) {
  const { environment } = useEnvironmentScope();
  const ids = users.map((user) => user.userId);
  const single = ids.length === 1;
  const name = whoText(ids);
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      tone="primary"
      title={`Unban ${name}?`}
      effect={`${single ? name : "They"} can connect again at once.`}
      consequences={[...unseenWords(users), ...(single ? [] : ["Those who are not banned stay as they are."])]}
      undo="You can ban again, with a new end."
      confirmLabel={`Unban ${name}`}
      onConfirm={() => call(ids)}
      onDone={onDone}
    >
      {ids.length <= COPYABLE ? <CopyAs call={serverApiCalls.unbanUsers({ userIds: ids })} /> : null}
    </ConfirmDialog>
  );
}
