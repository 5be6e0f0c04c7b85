"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import { quotaKey, type Scope } from "@/components/layout/quota-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount } from "@/components/ui/count-text";
import { changeUserLimitAction } from "./actions";
import type { SeenLimit } from "./user-limit-words";

interface RevertLimitDialogProps {
  scope: Scope;
  /** The limit before the change, and the one it set. */
  before: number;
  after: number;
  onClose: () => void;
  onReverted: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Asks before a change of the user limit is reverted; drawn while it is open. */
export function RevertLimitDialog({
  scope,
  before,
  after,
  onClose,
  onReverted,
  returnFocusTo,
}: RevertLimitDialogProps) {
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      title={`Set the user limit back to ${formatCount(before)}?`}
      environment="development"
      effect="No users are deleted. If there are already more, registration stops until seats are free."
      confirmLabel={`Set limit to ${formatCount(before)}`}
      tone="primary"
      onConfirm={(conflict) =>
        changeUserLimitAction(scope, {
          limit: before,
          seen: (conflict?.current as SeenLimit | undefined) ?? { limit: after },
        })
      }
      onDone={() => {
        void queries.invalidateQueries({ queryKey: quotaKey(scope) });
        onReverted();
      }}
    />
  );
}
