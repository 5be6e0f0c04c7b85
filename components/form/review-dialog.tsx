"use client";

import type { ReactNode, RefObject } from "react";
import type { ReviewedChange } from "@/components/form/changes-table";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionError, ActionResult } from "@/lib/console/action-result";

export interface ReviewDialogProps<R> {
  open: boolean;
  onClose: () => void;
  /** Default: "Review changes". */
  title?: string;
  /** Default: "Save changes". */
  saveLabel?: string;
  environment: "development" | "production";
  changes: readonly ReviewedChange[];
  /** Characters of the note. */
  noteMax: number;
  onSave: (note: string) => Promise<ActionResult<R>>;
  onSaved: (saved: R) => void;
  onRefused?: (error: ActionError) => void;
  /** Reads what somebody else has saved meanwhile; the operator's own choices stay, and are shown beside it. */
  onReload: () => void;
  /** Drops the operator's own choices and reads what somebody else has saved meanwhile. */
  onKeep: () => void;
  /** True while that is read. Saving waits for it: the version on the screen is known to be old. */
  reloading: boolean;
  returnFocusTo?: RefObject<HTMLElement | null>;
  /** Between the changes and the note: what they do. */
  children?: ReactNode;
}

const ReviewBox = onIntent<ReviewDialogProps<unknown>>(() => import("./review-box").then((part) => part.ReviewBox));

/** What changes, from what to what, and why. Closes only when the server has saved it, or when `onRefused` closes it. */
export function ReviewDialog<R>(props: ReviewDialogProps<R>) {
  return <ReviewBox {...(props as ReviewDialogProps<unknown>)} />;
}
