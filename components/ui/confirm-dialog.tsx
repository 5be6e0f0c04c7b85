"use client";

import type { ReactNode, RefObject } from "react";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { Conflict } from "@/lib/core/errors";
import { onIntent } from "./on-intent";

export interface ConfirmDialogProps<R> {
  /** Left out where it is drawn only while it is open. */
  open?: boolean;
  /** It asks to be closed. */
  onClose: () => void;
  /** A question that names the object: "Ban alice?" */
  title: string;
  /** Its word and colour stand in the dialog. */
  environment?: "development" | "production";
  /** One sentence of effect. */
  effect: ReactNode;
  /** What follows from it, one line each. */
  consequences?: readonly ReactNode[];
  /** What can be undone, and until when. */
  undo?: ReactNode;
  /** Verb and object: "Ban alice". */
  confirmLabel: string;
  /** The button's word once somebody has changed the same thing meanwhile. */
  replaceLabel?: string;
  tone?: "danger" | "primary";
  /** Irreversible acts: the exact text to type before the button works. */
  phrase?: string;
  /** Controls that belong to the decision, such as duration and reason. They may sit in this dialog's form. */
  children?: ReactNode;
  /** False while `children` hold something that cannot be sent. */
  ready?: boolean;
  /**
   * Given the conflict that was refused before when the operator has read it and goes on: then what stands now is what
   * was seen.
   */
  onConfirm: (conflict: Conflict | null) => Promise<ActionResult<R>>;
  /** After success; the dialog has closed. */
  onDone?: (data: R) => void;
  /** The operator leaves what somebody else has changed meanwhile; the dialog has closed. */
  onKept?: () => void;
  /** A refusal to begin with, of the same act without a question. */
  refused?: ActionError | null;
  returnFocusTo?: RefObject<HTMLElement | null>;
}

const ConfirmBox = onIntent<ConfirmDialogProps<unknown>>(() => import("./confirm-box").then((part) => part.ConfirmBox));

/**
 * Asks before something costly or irreversible. Cancel has the focus. It stays open with a spinner while the server
 * works, shows a refusal inside with code and request id, and closes only on success. Escape asks first where text was
 * typed.
 */
export function ConfirmDialog<R>(props: ConfirmDialogProps<R>) {
  return <ConfirmBox {...(props as ConfirmDialogProps<unknown>)} />;
}
