"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** A dialog with an address of its own, `?dialog=name`: a link opens it, Back closes it. */
export function useAddressDialog(name: string): { open: boolean; show(): void; close(): void } {
  const pathname = usePathname();
  const params = useSearchParams();
  const open = params.get("dialog") === name;

  const address = useCallback(
    (dialog: string | null) => {
      const next = new URLSearchParams(params);
      if (dialog === null) next.delete("dialog");
      else next.set("dialog", dialog);
      const text = next.toString();
      return text === "" ? pathname : `${pathname}?${text}`;
    },
    [params, pathname],
  );
  const show = useCallback(() => window.history.pushState(null, "", address(name)), [address, name]);
  const close = useCallback(() => window.history.replaceState(null, "", address(null)), [address]);
  return { open, show, close };
}
