"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { UserDetail } from "@/lib/core/users/get-user-detail";

/** A user as the server read it; null: nobody of this id is registered. */
interface Reading {
  readonly user: UserDetail | null;
  /** When the server read it, in Unix milliseconds. */
  readonly readAt: number;
}

export const ReadingContext = createContext<((reading: Reading) => void) | null>(null);

/** Readings that this tab of the browser has shown. One that comes again is an old page that Back has brought out. */
const shown = new Set<string>();

/** The latest reading for the frame of the page: its own, or what the tab inside of it tells. */
export function useLatestReading(own: Reading) {
  const [told, tell] = useState(own);
  return { user: told.readAt > own.readAt ? told.user : own.user, tell };
}

/** Stands in each tab: tells the frame what was read with it, and reads anew what Back has only brought out again. */
export function ShownUser({ user, readAt }: Reading) {
  const router = useRouter();
  const tell = useContext(ReadingContext);
  const looked = useRef(false);
  useLayoutEffect(() => tell?.({ user, readAt }), [tell, user, readAt]);
  useEffect(() => {
    const reading = `${window.location.pathname} ${readAt}`;
    if (!looked.current && shown.has(reading)) router.refresh();
    looked.current = true;
    shown.add(reading);
  }, [router, readAt]);
  return null;
}
