"use client";

import { type FormEvent, type ReactNode, useId } from "react";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, type DialogProps } from "@/components/ui/dialog";

interface FormDialogProps extends Pick<DialogProps, "title" | "description" | "size" | "onClose" | "returnFocusTo"> {
  environment: "development" | "production";
  /** Verb and object: "Add friend". */
  submitLabel: string;
  tone?: "primary" | "danger";
  /** False while there is nothing to send. */
  ready?: boolean;
  /** The server works: nothing can be sent again, and the dialog stays. */
  pending: boolean;
  onSubmit: (form: HTMLFormElement) => void;
  /** Set where somebody has changed the same thing meanwhile: what is sent replaces that, and this leaves it. */
  onKept?: () => void;
  /** Fields, and the refusal at the end. */
  children: ReactNode;
}

/** A dialog for entering something about an environment and sending it. */
export function FormDialog(props: FormDialogProps) {
  const {
    environment,
    submitLabel,
    tone = "primary",
    ready = true,
    pending,
    onSubmit,
    onKept,
    children,
    ...dialog
  } = props;
  const formId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending) onSubmit(event.currentTarget);
  };
  return (
    <Dialog
      {...dialog}
      locked={pending}
      footer={
        <>
          <Button
            onClick={() => {
              dialog.onClose();
              onKept?.();
            }}
            disabled={pending}
          >
            {onKept ? "Keep theirs" : "Cancel"}
          </Button>
          <Button type="submit" form={formId} variant={tone} pending={pending} disabled={!ready}>
            {onKept ? "Replace" : submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div>
          <EnvironmentBadge environment={environment} />
        </div>
        {children}
      </form>
    </Dialog>
  );
}
