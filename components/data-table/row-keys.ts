"use client";

import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback } from "react";
import { useShortcutsEnabled } from "@/components/layout/shortcuts";

const INTERACTIVE = "a, button, input, select, textarea, label, [role='menuitem']";

/** A click on the row's free space opens its link. Never instead of a control, and not at the end of marking text. */
export function openRow(event: MouseEvent<HTMLTableRowElement>) {
  const target = event.target as Element;
  if (!event.currentTarget.contains(target) || target.closest(INTERACTIVE)) return;
  if (window.getSelection()?.toString()) return;
  const link = event.currentTarget.querySelector<HTMLAnchorElement>("a[data-row-link]");
  if (link === null) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

function focusRow(row: Element | undefined) {
  const target = row?.querySelector<HTMLElement>("[data-row-link]");
  target?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** `j`, `k` and the arrows move between rows while the focus is in the table, `x` ticks the row. Enter is the link's own. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>) {
  const [singleKeys] = useShortcutsEnabled();
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as Element;
      if (!table.current?.contains(target) || target.getAttribute("aria-haspopup")) return;
      const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
      if (!arrow && !(singleKeys && ["j", "k", "x"].includes(event.key))) return;
      const rows = [...table.current.querySelectorAll("tr[data-row-id]")];
      const row = target.closest("tr[data-row-id]");
      const index = row === null ? -1 : rows.indexOf(row);
      if (event.key === "x") {
        row?.querySelector<HTMLElement>("[data-row-select]:enabled")?.click();
        return;
      }
      event.preventDefault();
      const step = event.key === "j" || event.key === "ArrowDown" ? 1 : -1;
      focusRow(rows[Math.min(rows.length - 1, Math.max(0, index + step))]);
    },
    [table, singleKeys],
  );
}
