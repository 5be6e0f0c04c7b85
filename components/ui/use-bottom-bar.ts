"use client";

import { type RefCallback, useCallback } from "react";

/** The room that toasts leave below themselves, and that scrolling keeps free: above the bars at the lower edge. */
const ROOM = "--bottom-room";

const bars = new Set<HTMLElement>();
/** As far up as a bar may stand and toasts still go above it; under a higher one they find room. */
const TOASTS_PX = 320;
/** How far from the right edge toasts reach. */
const TOAST_WIDTH_PX = 390;

function leaveRoom() {
  const tops = [...bars].flatMap((bar) => {
    const { top, bottom, right, height } = bar.getBoundingClientRect();
    const within = height > 0 && bottom > window.innerHeight - TOASTS_PX && top < window.innerHeight;
    const inTheWay = within && right > window.innerWidth - TOAST_WIDTH_PX;
    return inTheWay ? [window.innerHeight - top] : [];
  });
  document.documentElement.style.setProperty(ROOM, `${Math.round(Math.max(0, ...tops))}px`);
}

function keepsFocusInSight(bar: HTMLElement) {
  // What lies under a dialog stays where it is.
  if (bar.closest("[role=dialog], [role=alertdialog]") !== null) return;
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body || bar.contains(focused)) return;
  const hidden = focused.getBoundingClientRect().bottom - bar.getBoundingClientRect().top + 16;
  if (bar.offsetHeight > 0 && hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
}

/**
 * For a bar that sticks to the lower edge: toasts stand above it, and when it appears it does not lie on the control that
 * was just used. Gives the bar's `ref`.
 */
export function useBottomBar<E extends HTMLElement>(): RefCallback<E> {
  return useCallback((bar: E | null) => {
    if (bar === null) return;
    bars.add(bar);
    let height = 0;
    const resized = new ResizeObserver(() => {
      leaveRoom();
      if (bar.offsetHeight > height) keepsFocusInSight(bar);
      height = bar.offsetHeight;
    });
    resized.observe(bar);
    // A page that grows or shrinks moves a bar without a scroll.
    resized.observe(document.body);
    window.addEventListener("scroll", leaveRoom, { passive: true });
    window.addEventListener("resize", leaveRoom);
    return () => {
      bars.delete(bar);
      resized.disconnect();
      window.removeEventListener("scroll", leaveRoom);
      window.removeEventListener("resize", leaveRoom);
      leaveRoom();
    };
  }, []);
}
