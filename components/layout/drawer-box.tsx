"use client";

import { X } from "lucide-react";
import * as Dialog from "radix-ui/dialog";
import { IconButton } from "@/components/ui/button";
import { overlayStyles } from "@/components/ui/dialog-look";
import type { OpenedBy } from "@/components/ui/trigger";
import type { FrameOperator, FramePlace } from "./frame-data";
import { MainNavigation } from "./main-navigation";

interface DrawerBoxProps {
  open: boolean;
  onClose: () => void;
  opened: OpenedBy;
  place: FramePlace | null;
  operator: FrameOperator;
}

/** The menu in front of the page, on narrow screens. */
export function DrawerBox({ open, onClose, opened, place, operator }: DrawerBoxProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          id={opened.boxId}
          onCloseAutoFocus={() => opened.trigger.current?.focus()}
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-fade-in flex-col gap-4 overflow-y-auto bg-overlay p-3 shadow-overlay outline-none"
        >
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold text-sm">Navigation</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon={X} label="Close navigation" />
            </Dialog.Close>
          </div>
          <MainNavigation place={place} operator={operator} onNavigate={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
