"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/console/action-result";
import { CHUNK, type TargetUser, unseenWords, whoText } from "../user-actions";
import type { RestoreOutcome } from "./use-restore";

interface RestoreDialogProps {
  users: readonly TargetUser[];
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  call: (userIds: readonly string[]) => Promise<ActionResult<RestoreOutcome>>;
  onDone: (outcome: RestoreOutcome) => void;
}

/** Asks before users are restored: in Production, where nobody can take it back from the console, and for ticked ones. */
export function RestoreDialog({ users, returnFocusTo, onClose, call, onDone }: RestoreDialogProps) {
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
      title={`Restore ${name}?`}
      effect={single ? "The ID can be used again." : "The IDs can be used again."}
      consequences={[
        ...unseenWords(users),
        "Group memberships, which were kept, apply again; so does a ban that still runs.",
        "What was erased does not come back: name, avatar, profile, tags, friends, own blocklist, messages.",
        "Access tokens from before stay invalid: your app server registers the user again and gets a new one.",
      ]}
      undo="Only your app server can soft-delete again."
      confirmLabel={`Restore ${name}`}
      onConfirm={() => call(ids)}
      onDone={onDone}
    >
      {ids.length <= CHUNK ? <CopyAs call={serverApiCalls.restoreUsers({ userIds: ids })} /> : null}
    </ConfirmDialog>
  );
}
