"use client";

import { type RefObject, useRef } from "react";

/**
 * Where the focus goes when a dialog closes: to `returnFocusTo`, else to what had it when the dialog opened. When that
 * cannot take it any more (a save bar that is gone), to the page's main part, so that the keyboard does not start anew.
 */
export function useReturnFocus(returnFocusTo: RefObject<HTMLElement | null> | undefined) {
  const opener = useRef<Element>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const target = returnFocusTo?.current ?? opener.current;
      if (target instanceof HTMLElement) target.focus();
      if (document.activeElement === document.body) document.querySelector("main")?.focus();
    },
  };
}
