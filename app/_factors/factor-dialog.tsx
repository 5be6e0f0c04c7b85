"use client";

import { type ReactNode, useState } from "react";
import { ActionForm, type ActionFormState } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/console/action-result";
import { RecoveryCodes } from "./recovery-codes";

/** The button that begins to set a factor up. */
export interface FactorButtonProps {
  label: string;
  variant?: "primary" | "secondary";
  className?: string;
  /** After everything was shown and the dialog has closed. */
  onDone: () => void;
}

interface FactorDialogProps {
  open: boolean;
  /** It was closed, by whatever way. */
  onClose: () => void;
  /** A factor was added, and its codes were read. */
  onDone: () => void;
  id: string;
  title: string;
  description?: string;
  submitLabel: string;
  action: (form: FormData) => Promise<ActionResult<{ recoveryCodes: string[] | null }>>;
  children: (state: ActionFormState) => ReactNode;
}

/** Sets up a factor by a form, and ends with the recovery codes that the first one brings. */
export function FactorDialog({
  open,
  onClose,
  onDone,
  id,
  title,
  description,
  submitLabel,
  action,
  children,
}: FactorDialogProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [pending, setPending] = useState(false);
  const finish = () => {
    setCodes(null);
    onClose();
    onDone();
  };
  return (
    <Dialog
      open={open}
      onClose={codes === null ? onClose : finish}
      locked={pending || codes !== null}
      title={codes === null ? title : "Your recovery codes"}
      description={codes === null ? description : undefined}
      footer={
        codes === null ? (
          <>
            <Button onClick={onClose} disabled={pending}>
              Cancel
            </Button>
            <Button type="submit" form={id} variant="primary" pending={pending}>
              {submitLabel}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={finish}>
            Done
          </Button>
        )
      }
    >
      {codes !== null ? (
        <RecoveryCodes codes={codes} />
      ) : (
        <ActionForm
          id={id}
          action={action}
          onPending={setPending}
          onDone={({ recoveryCodes }) => (recoveryCodes === null ? finish() : setCodes(recoveryCodes))}
        >
          {children}
        </ActionForm>
      )}
    </Dialog>
  );
}
