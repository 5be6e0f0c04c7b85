"use client";

import type { FilterChip } from "@/components/data-table/filter-chips";
import { useList } from "@/components/data-table/list";
import { Select } from "@/components/form/select";
import type { BanListQuery } from "@/lib/core/bans/list-schema";

/** The filters in force, in words. */
export function banFilterChips(query: BanListQuery): FilterChip[] {
  const chips: FilterChip[] = [];
  if (query.tab === "active" && query.ends === "today") {
    chips.push({ text: "Ends: Today (UTC)", remove: { ends: null } });
  }
  if (query.by) {
    chips.push({ text: `By: ${query.by === "operator" ? "Operators" : "App server"}`, remove: { by: null } });
  }
  return chips;
}

/** Who ordered the ban and, for running ones, whether it ends today. */
export function BanFilters({ query }: { query: BanListQuery }) {
  const { go } = useList();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="By"
        className="w-40"
        value={query.by ?? "anyone"}
        onValueChange={(by) => go({ by: by === "anyone" ? null : by })}
        options={[
          { value: "anyone", label: "By anyone" },
          { value: "operator", label: "By operators" },
          { value: "app_server", label: "By the app server" },
        ]}
      />
      {query.tab === "active" ? (
        <Select
          label="Ends"
          className="w-44"
          value={query.ends ?? "any"}
          onValueChange={(ends) => go({ ends: ends === "any" ? null : ends })}
          options={[
            { value: "any", label: "Ends at any time" },
            { value: "today", label: "Ends today (UTC)" },
          ]}
        />
      ) : null}
    </div>
  );
}
