"use client";

import { Search } from "lucide-react";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useShortcut } from "@/components/layout/shortcuts";
import { Kbd } from "@/components/ui/kbd";
import { loadsAhead } from "@/components/ui/late";
import { onIntent } from "@/components/ui/on-intent";
import { useTrigger } from "@/components/ui/trigger";
import type { CommandsInput } from "./commands";
import { useTypedAhead } from "./typed-ahead";

const PaletteBox = onIntent(() => import("./palette-box").then((part) => part.PaletteBox));

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

/**
 * Ctrl/Cmd K: users first, then the pages of this place, what this role may do, groups, apps, operators and settings. The palette
 * comes with the first of the two keys; what is typed before it is there stands in it.
 */
export function CommandPalette(given: CommandsInput) {
  const isMac = useIsMac();
  const [open, setOpen] = useState(false);
  // Another time it is opened it begins anew.
  const [times, setTimes] = useState(0);
  const typed = useTypedAhead();
  const shown = useRef(open);
  const show = useCallback(
    (next: boolean) => {
      shown.current = next;
      setOpen(next);
      if (!next) typed.end();
      else {
        typed.begin();
        setTimes((before) => before + 1);
      }
    },
    [typed],
  );
  useEffect(() => {
    const { onFocus: load } = loadsAhead(PaletteBox);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Control" || event.key === "Meta") load();
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      show(!shown.current);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [show]);
  useShortcut(
    "/",
    useCallback(() => show(true), [show]),
    hasNoSearchOfItsOwn,
  );
  const { element, opened } = useTrigger(
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
    </button>,
    { kind: "dialog", open, onOpenChange: show, parts: [PaletteBox] },
  );
  return (
    <>
      {element}
      <PaletteBox key={times} {...given} open={open} onClose={() => show(false)} opened={opened} typed={typed} />
    </>
  );
}
