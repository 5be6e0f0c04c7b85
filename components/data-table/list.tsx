"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useTransition,
} from "react";
import { changeListUrl, type ListChange } from "./list-url";

interface ListNavigation {
  /** True from a change until the server's rows for it are on the screen. The rows before stay until then. */
  readonly pending: boolean;
  /** The query string on the screen, without "?". */
  readonly search: string;
  /** The address after a change, for links. */
  href(change: ListChange): string;
  /** Shows the list after a change. `replace` while typing; otherwise Back returns to the list before it. */
  go(change: ListChange, how?: "push" | "replace"): void;
  /** Reads the same list again. */
  refresh(): void;
}

const Context = createContext<ListNavigation | null>(null);

/**
 * The one place that changes a list's address. Search box, chips, headers and pager below it share its `pending`. One
 * that stands in another is that other: so acts around a `ListScreen` can read its rows again.
 */
export function List({ children }: { children: ReactNode }) {
  return useContext(Context) === null ? <OwnList>{children}</OwnList> : children;
}

function OwnList({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [pending, startTransition] = useTransition();
  // What was asked for last. A second change before the first one's rows have come builds on the first.
  const asked = useRef(search);
  useEffect(() => {
    if (!pending) asked.current = search;
  }, [pending, search]);

  const href = useCallback((change: ListChange) => pathname + changeListUrl(search, change), [pathname, search]);
  const go = useCallback(
    (change: ListChange, how: "push" | "replace" = "push") => {
      const target = changeListUrl(asked.current, change);
      if (target.slice(1) === asked.current) return;
      asked.current = target.slice(1);
      startTransition(() => router[how](pathname + target, { scroll: "cursor" in change }));
    },
    [pathname, router],
  );
  const refresh = useCallback(() => startTransition(() => router.refresh()), [router]);

  const value = useMemo(() => ({ pending, search, href, go, refresh }), [pending, search, href, go, refresh]);
  return <Context value={value}>{children}</Context>;
}

export function useList(): ListNavigation {
  const value = useContext(Context);
  if (value === null) throw new Error("useList() stands inside <List>");
  return value;
}
