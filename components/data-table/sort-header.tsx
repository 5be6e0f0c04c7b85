"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { Column } from "./column";
import { useList } from "./list";

interface SortHeaderProps {
  column: Pick<Column<never>, "header" | "hiddenHeader" | "sort" | "align">;
  sort: string | null;
  /** Id of the element that explains why sorting is off; set = off. */
  offReason?: string;
  className?: string;
}

const sortKey = (sort: string) => sort.replace(/^-/, "");
const directionOf = (sort: string) => (sort.startsWith("-") ? "descending" : "ascending");

/** A column header; with `sort`, a button that sorts by it. Only the header in force carries `aria-sort`. */
export function SortHeader({ column, sort, offReason, className }: SortHeaderProps) {
  const { go } = useList();
  const first = column.sort;
  const direction = first === undefined || sortKey(sort ?? "") !== sortKey(first) ? undefined : directionOf(sort ?? "");
  const Icon = direction === "ascending" ? ArrowUp : direction === "descending" ? ArrowDown : ChevronsUpDown;

  const onClick = () => {
    if (first === undefined || offReason) return;
    const key = sortKey(first);
    go({ sort: direction === undefined ? first : direction === "ascending" ? `-${key}` : key });
  };

  return (
    <th
      scope="col"
      aria-sort={offReason ? undefined : direction}
      className={cn(
        "h-9 border-b px-2 text-left font-medium whitespace-nowrap text-ink-muted",
        column.align === "right" && "text-right",
        className,
      )}
    >
      {first !== undefined ? (
        <button
          type="button"
          onClick={onClick}
          aria-disabled={offReason ? true : undefined}
          aria-describedby={offReason}
          className={cn(
            "group/sort focus-inset -mx-1 inline-flex h-7 items-center gap-1 rounded px-1 hover:text-ink",
            direction && !offReason && "text-ink",
            offReason && "cursor-not-allowed hover:text-ink-muted",
          )}
        >
          {column.header}
          {offReason ? null : (
            <Icon
              aria-hidden
              className={cn(
                "size-3.5",
                !direction && "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100",
              )}
            />
          )}
        </button>
      ) : (
        <span className={column.hiddenHeader ? "sr-only" : undefined}>{column.header}</span>
      )}
    </th>
  );
}
