"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { BrowserName, PanelName } from "@/lib/console/browser-names";

let lastChange = 0;

/** Says that an act has changed what pages show: a list is read again once the panel over it closes. */
export function noteChange(): void {
  lastChange = performance.now();
}

/**
 * One name of the page's query string, changed without asking the server for the page again. What was meant last is shown at
 * once: the router tells of the change only when it has nothing else to read.
 */
function useAddressValue(name: BrowserName) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const told = new URLSearchParams(search).get(name);
  const [meant, setMeant] = useState<{ readonly instead: string | null; readonly value: string | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is told next is what counts
  useEffect(() => setMeant(null), [told]);
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
  const mean = useCallback((value: string | null) => setMeant({ instead: told, value }), [told]);
  return { value: meant !== null && meant.instead === told ? meant.value : told, href, mean };
}

/** A dialog with an address of its own, `?dialog=name`: a link opens it, Back closes it. */
export function useAddressDialog(name: string): { open: boolean; show(): void; close(): void } {
  const { value, href, mean } = useAddressValue("dialog");
  const show = useCallback(() => {
    mean(name);
    window.history.pushState(null, "", href(name));
  }, [href, mean, name]);
  const close = useCallback(() => {
    mean(null);
    window.history.replaceState(null, "", href(null));
  }, [href, mean]);
  return { open: value === name, show, close };
}

/**
 * A panel about one row of a list with an address of its own, `?name=id`: a link opens it, Back closes it. The list is read
 * again only where something was done meanwhile: going back shows it as it was.
 */
export function useAddressPanel(name: PanelName) {
  const { value: id, href, mean } = useAddressValue(name);
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
        mean(rowId);
        window.history.pushState(null, "", href(rowId));
      },
      /** To the panel of another row, in the same step of the history. */
      move(rowId: string) {
        last.current = rowId;
        mean(rowId);
        window.history.replaceState(null, "", href(rowId));
      },
      close() {
        mean(null);
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
    [id, href, mean],
  );
}

export type AddressPanel = ReturnType<typeof useAddressPanel>;
