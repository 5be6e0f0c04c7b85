"use client";

import { DayField, FilterSelect } from "@/components/data-table/filter-select";
import { useList } from "@/components/data-table/list";
import type { AuditQuery } from "../audit-query";
import { RANGES } from "../ranges";

const OPTIONS = [
  ["", "Any time"] as const,
  ...Object.entries(RANGES).map(([range, { label }]) => [range, label] as const),
  ["custom", "From … to …"] as const,
];

/** A preset, or one's own days. */
export function TimeFilter({ query }: { query: AuditQuery }) {
  const { go } = useList();
  return (
    <>
      <FilterSelect
        label="Time"
        value={query.range ?? ""}
        fallback=""
        options={OPTIONS}
        onChoose={(range) => go({ range: range || null })}
      />
      {query.range === "custom" ? (
        <span className="flex flex-wrap items-center gap-3">
          <DayField label="From" name="from" value={query.from} />
          <DayField label="To (inclusive)" name="to" value={query.to} />
          <span className="text-ink-faint text-xs">Days are in UTC.</span>
        </span>
      ) : null}
    </>
  );
}
