"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { askToDiscard, useTypedText } from "@/components/form/unsaved";
import { cn } from "./class-names";
import { keepForToasts } from "./toaster";
import { useBottomBar } from "./use-bottom-bar";
import { useReturnFocus } from "./use-return-focus";

export const overlayStyles = "fixed inset-0 z-40 animate-fade-in bg-black/40 dark:bg-black/60";

/** Centred from 640 px on, the whole screen below. */
export const dialogBoxStyles = cn(
  "fixed z-50 flex flex-col bg-overlay text-ink outline-none animate-pop-in",
  "inset-0 sm:inset-auto sm:top-[12vh] sm:left-1/2 sm:max-h-[76vh] sm:w-full sm:-translate-x-1/2 sm:rounded-xl sm:shadow-overlay",
);

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

const WIDTH = { sm: "sm:max-w-md", md: "sm:max-w-lg", lg: "sm:max-w-3xl" };

/** A dialog for entering or reading something; closing it with text that was typed asks first. For "do you really want to" use ConfirmDialog. */
export function Dialog({
  open = true,
  onClose,
  title,
  description,
  footer,
  size = "md",
  locked = false,
  returnFocusTo,
  children,
}: DialogProps) {
  const typed = useTypedText();
  const close = () => {
    if (typed.isTyped()) askToDiscard(onClose);
    else onClose();
  };
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next || locked ? undefined : close())}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyles} />
        <Primitive.Content
          ref={typed.ref}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(dialogBoxStyles, WIDTH[size])}
          onInteractOutside={keepForToasts}
          {...useReturnFocus(returnFocusTo)}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-5 pb-3">
            <div className="flex min-w-0 flex-col gap-1">
              <Primitive.Title className="font-semibold text-lg [overflow-wrap:anywhere]">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="text-13 text-ink-muted">{description}</Primitive.Description>
              ) : null}
            </div>
            <Primitive.Close
              aria-label="Close"
              disabled={locked}
              className="-mt-1 -mr-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink disabled:opacity-50"
            >
              <X aria-hidden className="size-4" />
            </Primitive.Close>
          </header>
          <div className="flex-1 min-h-0 overflow-y-auto px-5 pt-1 pb-5 sm:flex-initial">{children}</div>
          {footer ? <DialogFooter>{footer}</DialogFooter> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  const bar = useBottomBar<HTMLElement>();
  return (
    <footer
      ref={bar}
      className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end max-sm:[&>*]:h-10 max-sm:[&>*]:w-full"
    >
      {children}
    </footer>
  );
}
