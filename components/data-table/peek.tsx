"use client";

import { PanelRight } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import { isTyping, useShortcutsEnabled } from "@/components/layout/shortcuts";
import { useAddressPanel } from "@/components/ui/address-overlay";
import { IconButton } from "@/components/ui/button";

/** The peek panel of a list of users: one of them beside the list, `?peek=alice`, without leaving it. */
interface Peek {
  /** Who is shown; null: the panel is closed. */
  readonly userId: string | null;
  open(userId: string, rowId: string): void;
  /** To the user of the next or the previous row. */
  move(step: 1 | -1): void;
  close(): void;
  /** Puts the focus back on the row of the user shown last. */
  focusRow(): void;
}

const Context = createContext<Peek | null>(null);

const peekable = () => [...document.querySelectorAll<HTMLElement>("table[data-list] tr[data-peek]")];

export function PeekProvider({ children }: { children: ReactNode }) {
  const { id: userId, open: openPanel, move: movePanel, close } = useAddressPanel("peek");
  const lastRow = useRef<string | null>(null);
  const lastUser = useRef(userId);
  useEffect(() => {
    if (userId !== null) lastUser.current = userId;
  }, [userId]);

  // A user may stand in several rows: the one that was opened counts.
  const currentRow = useCallback(() => {
    const rows = peekable().filter((row) => row.dataset.peek === lastUser.current);
    return rows.find((row) => row.dataset.rowId === lastRow.current) ?? rows[0];
  }, []);
  const open = useCallback(
    (opened: string, rowId: string) => {
      lastRow.current = rowId;
      openPanel(opened);
    },
    [openPanel],
  );
  const move = useCallback(
    (step: 1 | -1) => {
      const rows = peekable();
      const row = currentRow();
      const next = rows[row === undefined ? 0 : rows.indexOf(row) + step];
      if (next?.dataset.peek === undefined) return;
      lastRow.current = next.dataset.rowId ?? null;
      lastUser.current = next.dataset.peek;
      next.scrollIntoView({ block: "nearest" });
      movePanel(next.dataset.peek);
    },
    [currentRow, movePanel],
  );
  const focusRow = useCallback(() => {
    const link = currentRow()?.querySelector<HTMLElement>("[data-row-link]");
    (link ?? document.getElementById("content"))?.focus();
  }, [currentRow]);
  const value = useMemo(() => ({ userId, open, move, close, focusRow }), [userId, open, move, close, focusRow]);
  return <Context value={value}>{children}</Context>;
}

/** Null where the rows are no users. */
export const usePeek = () => useContext(Context);

/** `j` and `k` move on while the panel is open and nothing stands before it. */
export function usePeekKeys({ userId, move }: Peek): void {
  const [singleKeys] = useShortcutsEnabled();
  const isOpen = userId !== null;
  useEffect(() => {
    if (!isOpen || !singleKeys) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelectorAll("[role=dialog], [role=alertdialog], [role=menu]").length > 1) return;
      if (event.key !== "j" && event.key !== "k") return;
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isOpen, singleKeys, move]);
}

/** Opens the panel from a row by pointer. By keyboard the row itself does, with Space. */
export function PeekButton({ userId, rowId }: { userId: string; rowId: string }) {
  const peek = usePeek();
  if (peek === null) return null;
  return (
    <IconButton
      data-row-peek
      size="sm"
      variant="ghost"
      icon={PanelRight}
      label={`Peek at ${userId}`}
      title="Peek (Space)"
      tabIndex={-1}
      className="focus-inset size-6 opacity-0 max-sm:pointer-fine:hidden pointer-coarse:opacity-100 focus-visible:opacity-100 group-hover/row:opacity-100 group-focus-within/row:opacity-100"
      onClick={() => peek.open(userId, rowId)}
    />
  );
}
