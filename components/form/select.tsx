"use client";

import { ChevronDown } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { useField } from "./field";
import { controlStyles } from "./input";

export interface SelectOption<V extends string = string> {
  value: V;
  label: string;
  disabled?: boolean;
}

export interface SelectProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: ReadonlyArray<SelectOption<V>>;
  /** The accessible name where no Field gives one. */
  label?: string;
  describedBy?: string;
  disabled?: boolean;
  name?: string;
  className?: string;
}

/** The browser's own list of choices: every platform's keys, touch and screen readers know it. */
export function Select<V extends string>({
  value,
  onValueChange,
  options,
  label,
  describedBy,
  disabled,
  name,
  className,
}: SelectProps<V>) {
  const field = useField();
  return (
    <span className={cn("relative inline-flex", className)}>
      <select
        {...field}
        aria-label={label}
        aria-describedby={describedBy ?? field["aria-describedby"]}
        name={name}
        value={value}
        disabled={disabled}
        onChange={(event) => onValueChange(event.target.value as V)}
        className={cn(controlStyles, "h-8 cursor-pointer appearance-none truncate pr-8 text-13")}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled} className="bg-overlay text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 size-4 text-ink-muted"
      />
    </span>
  );
}
