"use client";

import type { ReactNode } from "react";
import { cn } from "./class-names";
import { useBottomBar } from "./use-bottom-bar";

export const overlayStyles = "fixed inset-0 z-40 animate-fade-in bg-black/40 dark:bg-black/60";

/** Centred from 640 px on, the whole screen below. */
export const dialogBoxStyles = cn(
  "fixed z-50 flex flex-col bg-overlay text-ink outline-none animate-pop-in",
  "inset-0 sm:inset-auto sm:top-[12vh] sm:left-1/2 sm:max-h-[76vh] sm:w-full sm:-translate-x-1/2 sm:rounded-xl sm:shadow-overlay",
);

export function DialogFooter({ children }: { children: ReactNode }) {
  const bar = useBottomBar<HTMLElement>();
  return (
    <footer
      ref={bar}
      className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end max-sm:[&>*]:h-10 max-sm:[&>*]:w-full"
    >
      {children}
    </footer>
  );
}
