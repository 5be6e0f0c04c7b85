"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { cn } from "@/components/ui/class-names";
import { useList } from "./list";

interface FilterSelectProps {
  label: string;
  value: string;
  /** The value that filters nothing; any other is shown as in force. */
  fallback: string;
  options: ReadonlyArray<readonly [value: string, word: string]>;
  groupOf?: (value: string) => string;
  onChoose: (value: string) => void;
}

/** The browser's own list of choices: every platform's keys, touch and screen readers know it. */
export function FilterSelect({ label, value, fallback, options, groupOf, onChoose }: FilterSelectProps) {
  const groups = new Map<string, Array<readonly [value: string, word: string]>>();
  for (const option of options) {
    const group = option[0] === fallback ? "" : (groupOf?.(option[0]) ?? "");
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  const items = (of: FilterSelectProps["options"]) =>
    of.map(([option, word]) => (
      <option key={option} value={option} className="bg-overlay text-ink">
        {word}
      </option>
    ));
  return (
    <span className="relative inline-flex">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className={cn(
          "h-8 max-w-44 cursor-pointer appearance-none truncate rounded-md border border-line-strong/60 bg-surface pr-7 pl-2 text-13 text-ink shadow-raised",
          value !== fallback && "border-accent text-accent-ink",
        )}
      >
        {[...groups].map(([group, of]) =>
          group === "" ? (
            items(of)
          ) : (
            <optgroup key={group} label={group} className="bg-overlay text-ink">
              {items(of)}
            </optgroup>
          ),
        )}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-muted"
      />
    </span>
  );
}

/** One end of a range of days, on one line: for a toolbar. */
export function DayField({ label, name, value }: { label: string; name: string; value: string | undefined }) {
  const { go } = useList();
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 text-13 text-ink-muted">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value?.slice(0, 10) ?? ""}
        onChange={(event) => go({ [name]: event.target.value || null })}
        className="h-8 rounded-md border border-line-strong/60 bg-surface px-2 text-13 text-ink shadow-raised"
      />
    </span>
  );
}
