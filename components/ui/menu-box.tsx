"use client";

import { Menu as Primitive } from "radix-ui/internal";
import { type ReactNode, useContext, useEffect, useRef } from "react";
import { cn } from "./class-names";
import { menuBoxStyles } from "./menu-look";
import { MenuContainer, type MenuPrimitives, Primitives } from "./menu-primitives";
import type { OpenedBy } from "./trigger";

export interface MenuBoxProps {
  opened: OpenedBy;
  align: "start" | "center" | "end";
  label?: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

const PRIMITIVES: MenuPrimitives = Primitive;

/** The open box of a Menu, which `components/ui/menu.tsx` loads. */
export function MenuBox({ opened, align, label, className, onClose, children }: MenuBoxProps) {
  const { trigger, triggerId, boxId, byKey } = opened;
  const container = useContext(MenuContainer);
  // Into the main landmark: content outside of every landmark is skipped by people who move by landmarks.
  const landmark = document.getElementById("content");
  const left = useRef(false);
  return (
    <Primitive.Root open onOpenChange={(open) => (open ? undefined : onClose())} modal={false}>
      <Primitive.Anchor virtualRef={trigger as { current: HTMLElement }} />
      <Primitive.Portal container={container ?? landmark}>
        <Primitive.Content
          id={boxId}
          aria-labelledby={label ? undefined : triggerId}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(menuBoxStyles, className)}
          onInteractOutside={() => {
            left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!left.current) trigger.current?.focus();
          }}
        >
          <Primitives value={PRIMITIVES}>{children}</Primitives>
          {byKey ? <FirstEntryFocused /> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Before the menu looks where the focus is: opened by a key, it begins at its first entry. */
function FirstEntryFocused() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const first = here.current?.parentElement?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])");
    first?.focus({ preventScroll: true });
  }, []);
  return <span ref={here} hidden />;
}
