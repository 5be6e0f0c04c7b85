"use client";

import * as Dialog from "radix-ui/dialog";
import { useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { dialogBoxStyles, overlayStyles } from "@/components/ui/dialog-look";
import type { OpenedBy } from "@/components/ui/trigger";
import { type Command, type CommandsInput, commandsOf } from "./commands";
import { Palette } from "./palette";
import type { TypedAhead } from "./typed-ahead";

interface PaletteBoxProps extends CommandsInput {
  open: boolean;
  opened: OpenedBy;
  /** What was typed while this was loaded. */
  typed: TypedAhead;
  onClose: () => void;
}

/** The dialog of the command palette. */
export function PaletteBox({ open, opened, typed, onClose, ...given }: PaletteBoxProps) {
  const { place, apps, operator, setTheme, signOut, showShortcuts } = given;
  const opensPage = useRef(false);
  // The command that asks for a user, once it is chosen.
  const [asking, setAsking] = useState<Command | null>(null);
  const commands = useMemo(
    () => commandsOf({ place, apps, operator, setTheme, signOut, showShortcuts }),
    [place, apps, operator, setTheme, signOut, showShortcuts],
  );
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          id={opened.boxId}
          aria-describedby={undefined}
          className={cn(dialogBoxStyles, "sm:max-w-xl")}
          // The next Tab is for the page that was asked for, not for the header above it.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const next = opensPage.current ? document.getElementById("content") : opened.trigger.current;
            opensPage.current = false;
            next?.focus();
          }}
          onEscapeKeyDown={(event) => {
            if (asking === null) return;
            event.preventDefault();
            setAsking(null);
          }}
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Palette
            key={asking?.label ?? ""}
            place={place}
            commands={commands}
            typed={asking === null ? typed : null}
            asking={asking}
            onAsk={setAsking}
            onClose={onClose}
            onGo={() => {
              opensPage.current = true;
              onClose();
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
