"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Toaster as Sonner, toast } from "sonner";

/** For a dialog's or panel's `onInteractOutside`: a toast is no part of it, and pressing its button does not close it. */
export function keepForToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest("[data-sonner-toaster]") !== null) event.preventDefault();
}

/** Once, in the root layout. Toasts stay 8 s and wait while the pointer or the focus is on them. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      duration={8000}
      closeButton
      gap={8}
      // Above the bars at the lower edge: they are what the operator needs next.
      offset={{ bottom: "calc(1.25rem + var(--bottom-room, 0px))" }}
      mobileOffset={{ bottom: "calc(0.75rem + var(--bottom-room, 0px))" }}
      // Its own stylesheet names another typeface.
      style={{ fontFamily: "inherit" }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-ok-ink" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger-ink" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg bg-overlay px-3.5 py-3 text-13 text-ink shadow-overlay sm:w-[356px]",
          icon: "mt-0.5",
          content: "min-w-0 flex-1 [overflow-wrap:anywhere]",
          title: "font-medium",
          description: "text-ink-muted",
          actionButton: "-my-1 shrink-0 rounded-md border bg-surface px-2 py-1 font-medium text-13 hover:bg-hover",
          closeButton:
            "order-last -my-0.5 flex size-6 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink [&_svg]:size-3.5",
        },
      }}
    />
  );
}

export interface NotifyOptions {
  description?: ReactNode;
  /** The inverse of what was done, or where to look: "Undo", "View". */
  action?: { label: string; onClick: () => void };
}

/** Toasts: only after the server has answered, and never the only place where a failure is said. */
export const notify = {
  success: (message: ReactNode, options: NotifyOptions = {}) => toast.success(message, options),
  failure: (message: ReactNode, options: NotifyOptions = {}) => toast.error(message, { ...options, duration: 15_000 }),
  /** Takes one away whose action is gone with its page. */
  dismiss: (id: string | number | null) => {
    if (id !== null) toast.dismiss(id);
  },
};
