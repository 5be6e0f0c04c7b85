"use client";

import { type RefObject, useState } from "react";
import type { Scope } from "@/components/layout/quota-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { backToRealTimeAction } from "./actions";
import { useClockMoved } from "./shown-clock";

interface EndClockDialogProps {
  scope: Scope;
  aheadMs: number;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Asks before the test clock is put back. */
export function EndClockDialog({ scope, aheadMs, onClose, returnFocusTo }: EndClockDialogProps) {
  const moved = useClockMoved(scope);
  const [seen] = useState({ aheadMs });
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      onKept={moved}
      environment="development"
      tone="primary"
      title="Go back to real time?"
      effect="Everything that happened under the test clock gets the time when it really happened."
      consequences={[
        "Bans, test runs, friend requests and messages keep the time they have left. What is over stays over.",
        "Access tokens that were issued under the test clock stop working. Register those users again.",
        "Daily figures and refused connects since the clock was first moved are deleted.",
      ]}
      undo="This cannot be undone."
      confirmLabel="Back to real time"
      onConfirm={(conflict) =>
        backToRealTimeAction(
          { app: scope.app, env: scope.env },
          { seen: (conflict?.current as typeof seen | undefined) ?? seen },
        )
      }
      onDone={() => {
        notify.success("Development is back to real time.");
        moved();
      }}
    />
  );
}
