"use client";

import { type ReactNode, useId } from "react";
import { useList } from "@/components/data-table/list";
import { SearchField } from "@/components/data-table/search-field";
import { Checkbox } from "@/components/form/toggles";
import { cn } from "@/components/ui/class-names";
import { type AuditParams, RANGES } from "../search-params";
import { ACTOR_KINDS, actionGroups, actionLabel } from "./entry-words";

const controlStyle = "h-8 rounded-md border border-line-strong/60 bg-surface px-2 text-13 text-ink shadow-raised";

/** A filter with few, known values: the browser's own list, which every device and screen reader knows how to use. */
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
      className={cn(controlStyle, "max-w-44", value !== undefined && "border-accent text-accent-ink")}
    >
      {children}
    </select>
  );
}

function DayField({ label, name, value }: { label: string; name: "from" | "to"; value: string | undefined }) {
  const { go } = useList();
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 text-13 text-ink-muted">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value?.slice(0, 10) ?? ""}
        onChange={(event) => go({ [name]: event.target.value === "" ? null : event.target.value })}
        className={controlStyle}
      />
    </span>
  );
}

/** Search and filters of the audit log, in one row. */
export function Toolbar({ params }: { params: AuditParams }) {
  const { go } = useList();
  const utcId = useId();
  return (
    <search aria-label="Filters of the audit log" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label="Search the audit log"
          hint="Target, actor or request ID, exact"
          value={params.q ?? ""}
          maxLength={256}
        />
        <FilterSelect label="Action" name="action" value={params.action}>
          <option value="">Any action</option>
          {actionGroups().map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.actions.map((action) => (
                <option key={action} value={action}>
                  {actionLabel(action)}
                </option>
              ))}
            </optgroup>
          ))}
        </FilterSelect>
        <FilterSelect label="Actor" name="actorKind" value={params.actorKind}>
          <option value="">Any actor</option>
          {Object.entries(ACTOR_KINDS).map(([kind, { plural }]) => (
            <option key={kind} value={kind}>
              {plural}
            </option>
          ))}
        </FilterSelect>
        <FilterSelect label="Result" name="result" value={params.result}>
          <option value="">Any result</option>
          <option value="ok">Succeeded</option>
          <option value="refused">Refused</option>
          {params.result !== undefined && params.result !== "ok" && params.result !== "refused" ? (
            <option value={params.result}>{params.result}</option>
          ) : null}
        </FilterSelect>
        <FilterSelect label="Time" name="range" value={params.range}>
          <option value="">Any time</option>
          {Object.entries(RANGES).map(([range, { label }]) => (
            <option key={range} value={range}>
              {label}
            </option>
          ))}
          <option value="custom">From … to …</option>
        </FilterSelect>
        <span className="flex h-8 items-center gap-1.5 px-1">
          <Checkbox
            id={utcId}
            checked={params.tz === "utc"}
            onCheckedChange={(checked) => go({ tz: checked === true ? "utc" : null, cursor: params.cursor ?? null })}
          />
          <label htmlFor={utcId} className="text-13">
            UTC times
          </label>
        </span>
      </div>
      {params.range === "custom" ? (
        <div className="flex flex-wrap items-center gap-3">
          <DayField label="From" name="from" value={params.from} />
          <DayField label="To and including" name="to" value={params.to} />
          <span className="text-ink-faint text-xs">Days are UTC.</span>
        </div>
      ) : null}
    </search>
  );
}
