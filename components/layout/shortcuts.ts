"use client";

import { useEffect } from "react";
import { useStoredChoice } from "./stored-choice";

export const SHORTCUTS_KEY = "shortcuts";

/** Whether single-key shortcuts are on in this browser (WCAG 2.1.4), and how to change it. */
export function useShortcutsEnabled(): [boolean, (enabled: boolean) => void] {
  const [stored, store] = useStoredChoice(SHORTCUTS_KEY);
  return [stored !== "off", (enabled) => store(enabled ? null : "off")];
}

/** Whether keys pressed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]"))
  );
}

/**
 * Calls `act` for a single key outside of text fields and dialogs, while such shortcuts are on. `applies` may leave the key
 * to somebody else.
 */
export function useShortcut(key: string, act: () => void, applies?: () => boolean): void {
  const [enabled] = useShortcutsEnabled();
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog], [role=alertdialog]")) return;
      if (applies?.() === false) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [enabled, key, act, applies]);
}
