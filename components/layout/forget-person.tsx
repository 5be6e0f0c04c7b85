"use client";

import { useEffect } from "react";
import { TIME_ZONE_KEY, VISUAL_KEY } from "@/components/ui/time-format";
import { THEME_KEY } from "./display-script";
import { SHORTCUTS_KEY } from "./shortcuts";

/** How this browser shows pages. Whatever else is kept is about users that somebody has looked at. */
const OF_THE_BROWSER: ReadonlySet<string> = new Set([THEME_KEY, TIME_ZONE_KEY, VISUAL_KEY, SHORTCUTS_KEY]);

/**
 * Stands on the page on which nobody is signed in any more: forgets what the pages before it have kept in this tab and in
 * this browser, such as selected and recent users.
 */
export function ForgetPerson() {
  useEffect(() => {
    sessionStorage.clear();
    for (const key of Object.keys(localStorage)) if (!OF_THE_BROWSER.has(key)) localStorage.removeItem(key);
  }, []);
  return null;
}
