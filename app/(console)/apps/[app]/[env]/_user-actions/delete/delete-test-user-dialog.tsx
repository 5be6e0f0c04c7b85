"use client";

import type { RefObject } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { userDataText } from "@/lib/core/user-data/schema";
import { deleteTestUserAction } from "../actions";
import { useWhatGoes } from "../open-connections";
import { useStoredData } from "./use-stored-data";

interface DeleteTestUserDialogProps {
  userId: string;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDone: () => void;
}

/** Development only. Irreversible, so the id is typed; the core refuses it anywhere else and without the id. */
export function DeleteTestUserDialog({ userId, returnFocusTo, onClose, onDone }: DeleteTestUserDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const goes = useWhatGoes(userId);
  const stored = useStoredData(userId, "testUser");
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Delete ${userId}?`}
      effect={`Everything stored about ${userId} is deleted from Development, and the seat is free.`}
      consequences={[
        ...stored,
        ...goes,
        "Their access tokens stop working, and the groups they own end.",
        "The ID can be registered again as a new user.",
        "The audit log keeps its entries.",
      ]}
      undo="This cannot be undone."
      confirmLabel={`Delete ${userId}`}
      phrase={userId}
      onConfirm={() => deleteTestUserAction(scope, { userId, confirmation: userId })}
      onDone={({ removed }) => {
        const proof = userDataText(removed);
        notify.success(`${userId} deleted. One seat is free.${proof === "" ? "" : ` Removed: ${proof}.`}`);
        onDone();
      }}
    />
  );
}
