"use client";

import type { ReactNode, RefObject } from "react";
import { onIntent } from "./on-intent";

export interface DialogProps {
  /** Left out where it is drawn only while it is open. */
  open?: boolean;
  /** It asks to be closed. */
  onClose: () => void;
  title: ReactNode;
  /** One sentence under the title; part of what is read out when the dialog opens. */
  description?: ReactNode;
  /** Buttons, the least dangerous first. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** While true neither Esc nor a click outside closes it. */
  locked?: boolean;
  /** Where focus goes on closing, when the opener is gone by then (a menu entry). */
  returnFocusTo?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

/** A dialog for entering or reading something; closing it with text that was typed asks first. For "do you really want to" use ConfirmDialog. */
export const Dialog = onIntent<DialogProps>(() => import("./dialog-box").then((part) => part.DialogBox));
