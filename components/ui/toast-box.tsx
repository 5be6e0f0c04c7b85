"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { showToasts, type Toast } from "./notify";

function show({ id, tone, message, options }: Toast): void {
  if (message === null) toast.dismiss(id);
  else if (tone === "success") toast.success(message, { ...options, id });
  else toast.error(message, { ...options, id, duration: 15_000 });
}

/** Where toasts stand, which `components/ui/toaster.tsx` loads. They stay 8 s and wait while the pointer or the focus is on them. */
export function ToastBox() {
  useEffect(() => showToasts(show), []);
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
