"use client";

import * as Primitive from "radix-ui/radio-group";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";

export interface RadioOption<V extends string = string> {
  value: V;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: ReadonlyArray<RadioOption<V>>;
  /** The group's accessible name. */
  label: string;
  disabled?: boolean;
  className?: string;
}

export function RadioGroup<V extends string>({
  value,
  onValueChange,
  options,
  label,
  disabled,
  className,
}: RadioGroupProps<V>) {
  const id = useId();
  return (
    <Primitive.Root
      value={value}
      onValueChange={(next) => onValueChange(next as V)}
      aria-label={label}
      disabled={disabled}
      className={cn("flex flex-col gap-2", className)}
    >
      {options.map((option) => (
        <div key={option.value} className="flex gap-2">
          <Primitive.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.disabled}
            aria-describedby={option.description ? `${id}-${option.value}-hint` : undefined}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors duration-100 hover:border-ink-muted disabled:cursor-not-allowed disabled:opacity-60 data-[state=checked]:border-accent"
          >
            <Primitive.Indicator className="size-2 rounded-full bg-accent" />
          </Primitive.Item>
          <div className="flex flex-col">
            <label
              htmlFor={`${id}-${option.value}`}
              className={cn("text-13", option.disabled ? "text-ink-faint" : "text-ink")}
            >
              {option.label}
            </label>
            {option.description ? (
              <p id={`${id}-${option.value}-hint`} className="text-ink-faint text-xs">
                {option.description}
              </p>
            ) : null}
          </div>
        </div>
      ))}
    </Primitive.Root>
  );
}
