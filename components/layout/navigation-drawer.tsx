"use client";

import { Menu, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { overlayStyles } from "@/components/ui/dialog";
import type { FrameOperator, FramePlace } from "./frame-data";
import { MainNavigation } from "./main-navigation";

/** The menu on narrow screens, behind a button. */
export function NavigationDrawer({ place, operator }: { place: FramePlace | null; operator: FrameOperator }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton icon={Menu} label="Open navigation" className="-ml-1 lg:hidden" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-fade-in flex-col gap-4 overflow-y-auto bg-overlay p-3 shadow-overlay outline-none"
        >
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold text-sm">Navigation</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon={X} label="Close navigation" />
            </Dialog.Close>
          </div>
          <MainNavigation place={place} operator={operator} onNavigate={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
