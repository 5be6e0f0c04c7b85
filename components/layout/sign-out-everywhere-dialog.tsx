"use client";

import type { RefObject } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/console/action-result";
import { leaveSignedOut } from "./signed-out";

interface SignOutEverywhereDialogProps {
  open: boolean;
  onClose: () => void;
  signOutEverywhere: () => Promise<ActionResult<unknown>>;
  returnFocusTo?: RefObject<HTMLElement | null>;
}

/** Asks before every session of the operator's own account ends, and then leads to the sign-in page. */
export function SignOutEverywhereDialog({ signOutEverywhere, ...dialog }: SignOutEverywhereDialogProps) {
  return (
    <ConfirmDialog
      {...dialog}
      title="Sign out everywhere?"
      effect="All your sessions end at once, including this one."
      consequences={["You have to sign in again on every device.", "Unsaved changes there are lost."]}
      confirmLabel="Sign out everywhere"
      onConfirm={signOutEverywhere}
      onDone={leaveSignedOut}
    />
  );
}
