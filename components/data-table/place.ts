"use client";

import { type RefObject, useEffect, useRef } from "react";

const KEY = "list-place";

interface Place {
  /** Path and query string of the list. */
  readonly href: string;
  readonly rowId: string;
  /** Where the row stood on the screen, in pixels from the top. */
  readonly top: number;
}

function scrollParent(element: Element): Element {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if ((overflowY === "auto" || overflowY === "scroll") && parent.scrollHeight > parent.clientHeight) return parent;
  }
  return document.documentElement;
}

const here = () => location.pathname + location.search;

/** Remembers the row that is being left for its own page. */
export function leaveAt(rowId: string, row: Element) {
  const place: Place = { href: here(), rowId, top: row.getBoundingClientRect().top };
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Returning to the same list puts the focus on the row that was left and the row where it stood on the screen. */
export function useReturnToPlace(table: RefObject<HTMLTableElement | null>) {
  useEffect(() => {
    const text = sessionStorage.getItem(KEY);
    if (text === null) return;
    const place = JSON.parse(text) as Place;
    if (place.href !== here()) return;
    const frame = requestAnimationFrame(() => {
      sessionStorage.removeItem(KEY);
      const row = table.current?.querySelector(`[data-row-id="${CSS.escape(place.rowId)}"]`);
      const link = row?.querySelector<HTMLElement>("[data-row-link]");
      if (!row || !link) return;
      link.focus({ preventScroll: true });
      scrollParent(row).scrollBy({ top: row.getBoundingClientRect().top - place.top, behavior: "instant" });
    });
    return () => cancelAnimationFrame(frame);
  }, [table]);
}

/** When the row that had the focus leaves the list (banned out of the filter, deleted), the caption takes the focus. */
export function useFocusRescue(table: RefObject<HTMLTableElement | null>, rows: readonly unknown[]) {
  const inside = useRef(false);
  useEffect(() => {
    const onFocus = (event: FocusEvent) => {
      inside.current = table.current?.contains(event.target as Node) ?? false;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [table]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again after each change of the rows
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) table.current?.caption?.focus();
  }, [rows, table]);
}

/** The address of the list at this path as it was left for a row's own page; null when there was none. */
export function lastListHref(path: string): string | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  const { href } = JSON.parse(text) as Place;
  return href === path || href.startsWith(`${path}?`) ? href : null;
}
