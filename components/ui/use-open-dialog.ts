"use client";

import { type RefObject, useCallback, useMemo, useRef, useState } from "react";

export interface OpenDialog<Open> {
  readonly open: Open | null;
  /** Gets the focus back. */
  readonly opener: RefObject<HTMLElement | null>;
  show(what: Open, opener: HTMLElement | null): void;
  close(): void;
}

/** Which dialog of a screen is open, and what opened it. */
export function useOpenDialog<Open>(): OpenDialog<Open> {
  const [open, setOpen] = useState<Open | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const show = useCallback((what: Open, from: HTMLElement | null) => {
    opener.current = from;
    setOpen(what);
  }, []);
  const close = useCallback(() => setOpen(null), []);
  return useMemo(() => ({ open, opener, show, close }), [open, show, close]);
}
