"use client";

import { useId } from "react";
import { DayField, FilterSelect } from "@/components/data-table/filter-controls";
import { useList } from "@/components/data-table/list";
import { Checkbox } from "@/components/form/toggles";
import { type AuditQuery, RANGES } from "../audit-query";

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

/** In which zone times are shown. It filters nothing, so the page stays. */
export function UtcSwitch({ query }: { query: AuditQuery }) {
  const { go } = useList();
  const id = useId();
  return (
    <span className="flex h-8 items-center gap-1.5 px-1">
      <Checkbox
        id={id}
        checked={query.tz === "utc"}
        onCheckedChange={(checked) => go({ tz: checked === true ? "utc" : null, cursor: query.cursor ?? null })}
      />
      <label htmlFor={id} className="text-13">
        UTC times
      </label>
    </span>
  );
}
