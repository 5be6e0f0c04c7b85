"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import { askToDiscard, useTypedText } from "@/components/form/unsaved";
import { cn } from "./class-names";
import type { DialogProps } from "./dialog";
import { DialogFooter, dialogBoxStyles, overlayStyles } from "./dialog-look";
import { keepForToasts } from "./notify";
import { useReturnFocus } from "./use-return-focus";

const WIDTH = { sm: "sm:max-w-md", md: "sm:max-w-lg", lg: "sm:max-w-3xl" };

/** The box of a Dialog, which `components/ui/dialog.tsx` loads. */
export function DialogBox({
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
