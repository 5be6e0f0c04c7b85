"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { clearUserProfilesAction } from "../../actions";

interface ClearProfileDialogProps {
  userId: string;
  open: boolean;
  onClose: () => void;
  onCleared: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

export function ClearProfileDialog({ userId, open, onClose, onCleared, returnFocusTo }: ClearProfileDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Clear the hosted profile of ${userId}?`}
      environment={environment}
      effect="All basic and extended keys are erased at once."
      consequences={[
        "Another user can take the unique ID.",
        "Registered name and avatar, tokens, tags and friends stay.",
      ]}
      undo="This cannot be undone. The audit log keeps what was erased."
      confirmLabel="Clear hosted profile"
      phrase={environment === "production" ? userId : undefined}
      onConfirm={() => clearUserProfilesAction(scope, { userIds: [userId] })}
      onDone={() => {
        notify.success(`Hosted profile of ${userId} cleared.`);
        onCleared();
      }}
      returnFocusTo={returnFocusTo}
    >
      <CopyAs call={serverApiCalls.deleteUserProfiles({ userIds: [userId] })} />
    </ConfirmDialog>
  );
}
