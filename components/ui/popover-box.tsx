"use client";

import * as Primitive from "radix-ui/popover";
import { type ReactNode, useRef } from "react";
import { cn } from "./class-names";
import { menuBoxStyles } from "./menu-look";
import type { OpenedBy } from "./trigger";

export interface PopoverBoxProps {
  opened: OpenedBy;
  label: string;
  align: "start" | "center" | "end";
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/** The open box of a Popover, which `components/ui/popover.tsx` loads. */
export function PopoverBox({ opened, label, align, className, onClose, children }: PopoverBoxProps) {
  const { trigger, boxId } = opened;
  const left = useRef(false);
  return (
    <Primitive.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Primitive.Anchor virtualRef={trigger as { current: HTMLElement }} />
      <Primitive.Portal>
        <Primitive.Content
          id={boxId}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuBoxStyles, "p-4", className)}
          onInteractOutside={(event) => {
            // The click on the button closes it.
            if (event.target instanceof Node && trigger.current?.contains(event.target)) event.preventDefault();
            else left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!left.current) trigger.current?.focus();
          }}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
