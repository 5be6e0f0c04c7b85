"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useRef } from "react";

/** The delivery whose panel is open. It stands in the address; opening it does not read the list again. */
export function useDeliveryPanel() {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const last = useRef<string | null>(null);
  const openedHere = useRef(false);

  const address = (id: string | null) => {
    const query = new URLSearchParams(search);
    if (id === null) query.delete("delivery");
    else query.set("delivery", id);
    const text = query.toString();
    return `${pathname}${text === "" ? "" : `?${text}`}`;
  };
  return {
    id: new URLSearchParams(search).get("delivery"),
    href: address,
    open(id: string) {
      last.current = id;
      openedHere.current = true;
      window.history.pushState(null, "", address(id));
    },
    close() {
      if (openedHere.current) window.history.back();
      else window.history.replaceState(null, "", address(null));
      openedHere.current = false;
    },
    focusRow() {
      const row = document.querySelector(`[data-row-id="${CSS.escape(last.current ?? "")}"] [data-row-link]`);
      if (row instanceof HTMLElement) row.focus();
    },
  };
}
