"use client";

import { useEffect } from "react";
import { LAST_PLACE_COOKIE } from "./frame-data";

/** Where the address "/" leads this browser next time. A convenience: that page checks it like any address. */
export function RememberPlace({ path }: { path: string }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `${LAST_PLACE_COOKIE}=${encodeURIComponent(path)}; path=/; max-age=31536000; samesite=lax`;
  }, [path]);
  return null;
}
