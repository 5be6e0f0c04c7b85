"use client";

import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { FramePlace } from "@/components/layout/frame-data";
import { useShortcut } from "@/components/layout/shortcuts";
import { Kbd } from "@/components/layout/shortcuts-dialog";
import { cn } from "@/components/ui/class-names";
import { dialogBoxStyles, overlayStyles } from "@/components/ui/dialog";
import type { Command, CommandGroup } from "./commands";
import { Palette } from "./palette";

const subscribe = () => () => {};

/** Which key goes with K. Until the browser has said what it runs on: Ctrl. */
function useIsMac(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => /Mac|iP(hone|ad)/.test(navigator.userAgent),
    () => false,
  );
}

const hasNoSearchOfItsOwn = () => document.querySelector("[data-slash]") === null;

/** Ctrl/Cmd K: users first, then the pages of this place, what this role may do, groups, apps, operators and settings. */
export function CommandPalette({ place, commands }: { place: FramePlace | null; commands: readonly CommandGroup[] }) {
  const isMac = useIsMac();
  const opensPage = useRef(false);
  const [open, setOpen] = useState(false);
  // The command that asks for a user, once it is chosen.
  const [asking, setAsking] = useState<Command | null>(null);
  const show = (shown: boolean) => {
    setOpen(shown);
    setAsking(null);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setOpen((shown) => !shown);
      setAsking(null);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useShortcut(
    "/",
    useCallback(() => setOpen(true), []),
    hasNoSearchOfItsOwn,
  );
  return (
    <Dialog.Root open={open} onOpenChange={show}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          aria-label="Search and commands"
          className="flex h-8 items-center gap-2 rounded-md border bg-surface px-2 text-13 text-ink-faint transition-colors duration-100 hover:border-line-strong hover:text-ink-muted md:w-52"
        >
          <Search aria-hidden className="size-4" />
          <span className="max-md:hidden">Search…</span>
          <span aria-hidden className="ml-auto flex gap-0.5 max-md:hidden">
            <Kbd>{isMac ? "⌘" : "Ctrl"}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(dialogBoxStyles, "sm:max-w-xl")}
          // The next Tab is for the page that was asked for, not for the header above it.
          onCloseAutoFocus={(event) => {
            if (!opensPage.current) return;
            opensPage.current = false;
            event.preventDefault();
            document.getElementById("content")?.focus();
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
            asking={asking}
            onAsk={setAsking}
            onClose={() => show(false)}
            onGo={() => {
              opensPage.current = true;
              show(false);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
