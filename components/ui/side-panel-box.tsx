"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import { useState } from "react";
import { overlayStyles } from "./dialog-look";
import { MenuContainer } from "./menu-primitives";
import { keepForToasts } from "./notify";
import type { SidePanelProps } from "./side-panel";

/** The box of a SidePanel, which `components/ui/side-panel.tsx` loads. */
export function SidePanelBox({ open, kicker, title, busy, children, onClose, onClosed }: SidePanelProps) {
  // Menus open inside the panel: whatever is outside of it cannot be reached while it is open.
  const [box, setBox] = useState<HTMLElement | null>(null);
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyles} />
        <Primitive.Content
          ref={setBox}
          data-side-panel
          aria-describedby={undefined}
          aria-busy={busy}
          onInteractOutside={keepForToasts}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="fixed inset-y-0 right-0 z-50 flex w-full animate-fade-in flex-col bg-overlay text-ink shadow-overlay outline-none sm:max-w-xl"
        >
          <header className="flex items-start justify-between gap-4 border-b px-5 py-4">
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="text-ink-faint text-xs">{kicker}</p>
              <Primitive.Title className="text-sm leading-5">{title}</Primitive.Title>
            </div>
            <Primitive.Close
              aria-label="Close"
              className="-mr-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Primitive.Close>
          </header>
          <div className="flex-1 overflow-y-auto px-5 py-4">
            <MenuContainer value={box}>{children}</MenuContainer>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
