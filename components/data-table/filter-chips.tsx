"use client";

import { X } from "lucide-react";
import { useList } from "./list";
import { clearedFilters, type FilterChip } from "./list-address";

/** The filters in force, each with its own way out. Nothing when there are none. */
export function FilterChips({ chips }: { chips: readonly FilterChip[] }) {
  const { go } = useList();
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={chip.text}>
          <button
            type="button"
            aria-label={`Remove filter ${chip.text}`}
            onClick={() => go(chip.remove)}
            className="inline-flex h-6 items-center gap-1 rounded-full border bg-sunken pr-1.5 pl-2.5 text-xs text-ink hover:bg-hover"
          >
            {chip.text}
            <X aria-hidden className="size-3 text-ink-muted" />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          onClick={() => go(clearedFilters(chips))}
          className="h-6 rounded px-1.5 text-xs text-accent-ink hover:underline"
        >
          Clear all
        </button>
      </li>
    </ul>
  );
}
