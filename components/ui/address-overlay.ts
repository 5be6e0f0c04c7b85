"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef } from "react";

let lastChange = 0;

/** Says that an act has changed what pages show: a list is read again once the panel over it closes. */
export function noteChange(): void {
  lastChange = performance.now();
}

/** One name of the page's query string, changed without asking the server for the page again. */
function useAddressValue(name: string) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const href = useCallback(
    (value: string | null) => {
      const query = new URLSearchParams(search);
      if (value === null) query.delete(name);
      else query.set(name, value);
      const text = query.toString();
      return text === "" ? pathname : `${pathname}?${text}`;
    },
    [name, pathname, search],
  );
  return { value: new URLSearchParams(search).get(name), href };
}

/** A dialog with an address of its own, `?dialog=name`: a link opens it, Back closes it. */
export function useAddressDialog(name: string): { open: boolean; show(): void; close(): void } {
  const { value, href } = useAddressValue("dialog");
  const show = useCallback(() => window.history.pushState(null, "", href(name)), [href, name]);
  const close = useCallback(() => window.history.replaceState(null, "", href(null)), [href]);
  return { open: value === name, show, close };
}

/**
 * A panel about one row of a list with an address of its own, `?name=id`: a link opens it, Back closes it. The list is read
 * again only where something was done meanwhile: going back shows it as it was.
 */
export function useAddressPanel(name: string) {
  const { value: id, href } = useAddressValue(name);
  const last = useRef<string | null>(null);
  const openedHere = useRef(false);
  const router = useRouter();
  const isOpen = id !== null;
  useEffect(() => {
    if (!isOpen) return;
    const openedAt = performance.now();
    return () => {
      if (lastChange > openedAt) router.refresh();
    };
  }, [isOpen, router]);
  return useMemo(
    () => ({
      /** Of the row whose panel is open; null: none is. */
      id,
      href,
      open(rowId: string) {
        last.current = rowId;
        openedHere.current = true;
        window.history.pushState(null, "", href(rowId));
      },
      /** To the panel of another row, in the same step of the history. */
      move(rowId: string) {
        last.current = rowId;
        window.history.replaceState(null, "", href(rowId));
      },
      close() {
        if (openedHere.current) window.history.back();
        else window.history.replaceState(null, "", href(null));
        openedHere.current = false;
      },
      /** Puts the focus back on the row whose panel was opened last. */
      focusRow() {
        const row = document.querySelector(`[data-row-id="${CSS.escape(last.current ?? "")}"] [data-row-link]`);
        if (row instanceof HTMLElement) row.focus();
      },
    }),
    [id, href],
  );
}

export type AddressPanel = ReturnType<typeof useAddressPanel>;
