"use client";

import { useCallback, useSyncExternalStore } from "react";

/**
 * A choice that this browser keeps under `key`, null where none was made, and how to change it; in step with its other
 * tabs, and with whoever listens to the event "<key>-changed". Null while the server draws.
 */
export function useStoredChoice(key: string): [string | null, (choice: string | null) => void] {
  const changed = `${key}-changed`;
  const subscribe = useCallback(
    (onChange: () => void) => {
      window.addEventListener(changed, onChange);
      window.addEventListener("storage", onChange);
      return () => {
        window.removeEventListener(changed, onChange);
        window.removeEventListener("storage", onChange);
      };
    },
    [changed],
  );
  const stored = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const set = (choice: string | null) => {
    if (choice === null) localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
    window.dispatchEvent(new Event(changed));
  };
  return [stored, set];
}
