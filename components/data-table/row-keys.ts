"use client";

import { type MouseEvent, type RefObject, useEffect } from "react";
import { isTyping, useShortcutsEnabled } from "@/components/layout/shortcuts";

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

const rowLink = (row: Element | null | undefined) => row?.querySelector<HTMLElement>("[data-row-link]") ?? null;

function focusRow(row: Element | null | undefined) {
  rowLink(row)?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** The page's list: its first table with rows that open. */
const listOfPage = () => document.querySelector<HTMLTableElement>("table[data-list]");

/** Into the rows of the page's list: from the search box. */
export function focusFirstRow(): void {
  focusRow(listOfPage()?.querySelector("tr[data-row-id]"));
}

/** Back to the rows from the bulk bar: to the first ticked one. */
export function focusTickedRow(): void {
  const list = listOfPage();
  focusRow(list?.querySelector("tr[data-selected]") ?? list?.querySelector("tr[data-row-id]"));
}

/** From the rows to what can be done with the ticked ones. */
export function focusBulkActs(): void {
  document.querySelector<HTMLElement>("[data-bulk-acts] button:enabled")?.focus();
}

/** Nothing of the page has the focus, so a key is nobody else's. */
const isNobodys = (target: Element) => target === document.body || target.id === "content";

/**
 * The keys of a list. `j` and `k` move between rows wherever the focus is on the page, `x` ticks the row, `X` from the last
 * ticked one to this, Space shows its user beside the list, `b` leads to the bulk bar, Enter opens the first row while nothing has the focus; inside the table the
 * arrows move too. In a row, Enter is the link's own.
 */
export function useRowKeys(table: RefObject<HTMLTableElement | null>) {
  const [singleKeys] = useShortcutsEnabled();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target, key } = event;
      if (!(target instanceof Element) || isTyping(target) || target.getAttribute("aria-haspopup")) return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) return;
      const inside = table.current?.contains(target) ?? false;
      // A list whose rows have the focus answers; otherwise the first of the page.
      if (!inside && (target.closest("table[data-list]") !== null || listOfPage() !== table.current)) return;
      const act = singleKeys || key.startsWith("Arrow") ? actOf(key, target, inside) : null;
      if (act === null || table.current === null) return;
      // Space scrolls where there is nobody to look at.
      if (key === " " && table.current.querySelector("[data-row-peek]") === null) return;
      event.preventDefault();
      act([...table.current.querySelectorAll("tr[data-row-id]")], target.closest("tr[data-row-id]"));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [table, singleKeys]);
}

type Act = (rows: readonly Element[], row: Element | null) => void;

const move =
  (step: 1 | -1): Act =>
  (rows, row) => {
    const index = row === null ? -1 : rows.indexOf(row);
    focusRow(rows[Math.min(rows.length - 1, Math.max(0, index + step))]);
  };

const tick =
  (shiftKey: boolean): Act =>
  (rows, row) => {
    const box = (row ?? rows[0])?.querySelector("[data-row-select]:enabled");
    if (row === null) focusRow(rows[0]);
    box?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
  };

/** Shows the row's user beside the list. */
const peek: Act = (rows, row) => {
  const shown = row ?? rows[0];
  shown?.querySelector<HTMLElement>("[data-row-peek]")?.click();
};

function actOf(key: string, target: Element, inside: boolean): Act | null {
  switch (key) {
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "ArrowDown":
      return inside ? move(1) : null;
    case "ArrowUp":
      return inside ? move(-1) : null;
    case "x":
      return tick(false);
    case "X":
      return tick(true);
    case " ":
      return target.matches("[data-row-link]") || isNobodys(target) ? peek : null;
    case "b":
      return focusBulkActs;
    case "Enter":
      return isNobodys(target) ? (rows) => rowLink(rows[0])?.click() : null;
    default:
      return null;
  }
}
