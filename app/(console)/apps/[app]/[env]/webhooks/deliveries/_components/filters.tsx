"use client";

import type { ReactNode } from "react";
import type { FilterChip } from "@/components/data-table/filter-chips";
import { useList } from "@/components/data-table/list";
import { SearchField } from "@/components/data-table/search-field";
import { cn } from "@/components/ui/class-names";
import { DELIVERY_STATES, DELIVERY_TYPES } from "@/lib/core/webhooks/delivery-schema";
import type { DeliveryParams } from "../search-params";
import { STATES } from "./delivery-words";

function FilterSelect({
  label,
  name,
  value,
  children,
}: {
  label: string;
  /** In the address. */
  name: string;
  value: string | undefined;
  children: ReactNode;
}) {
  const { go } = useList();
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => go({ [name]: event.target.value === "" ? null : event.target.value })}
      className={cn(
        "h-8 max-w-52 rounded-md border border-line-strong/60 bg-surface px-2 text-13 text-ink shadow-raised",
        value !== undefined && "border-accent text-accent-ink",
      )}
    >
      {children}
    </select>
  );
}

/** User, state and event, in one row. */
export function Filters({ params }: { params: DeliveryParams }) {
  return (
    <search aria-label="Filters of the deliveries" className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search deliveries by user"
        hint="User ID, exact"
        param="user"
        value={params.user ?? ""}
        maxLength={64}
      />
      <FilterSelect label="State" name="state" value={params.state}>
        <option value="">Any state</option>
        {DELIVERY_STATES.map((state) => (
          <option key={state} value={state}>
            {STATES[state].label}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect label="Event" name="type" value={params.type}>
        <option value="">Any event</option>
        {DELIVERY_TYPES.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </FilterSelect>
    </search>
  );
}

export function chipsOf({ user, state, type }: DeliveryParams): FilterChip[] {
  const chips: FilterChip[] = [];
  if (user !== undefined) chips.push({ text: `User: ${user}`, remove: { user: null } });
  if (state !== undefined) chips.push({ text: `State: ${STATES[state].label}`, remove: { state: null } });
  if (type !== undefined) chips.push({ text: `Event: ${type}`, remove: { type: null } });
  return chips;
}
