"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { useField } from "./field";
import { controlStyles } from "./input";

export interface SelectOption<V extends string = string> {
  value: V;
  label: string;
  /** A second line inside the list. */
  description?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: ReadonlyArray<SelectOption<V>>;
  /** The accessible name where no Field gives one. */
  label?: string;
  disabled?: boolean;
  name?: string;
  className?: string;
}

export function Select<V extends string>({
  value,
  onValueChange,
  options,
  label,
  disabled,
  name,
  className,
}: SelectProps<V>) {
  const { required, ...wiring } = useField();
  return (
    <Primitive.Root value={value} onValueChange={(next) => onValueChange(next as V)} disabled={disabled} name={name}>
      <Primitive.Trigger
        {...wiring}
        aria-label={label}
        aria-required={required}
        className={cn(controlStyles, "inline-flex h-8 items-center justify-between gap-2 text-left text-13", className)}
      >
        <span className="truncate">
          <Primitive.Value />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-muted" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[90vw] animate-pop-in overflow-hidden rounded-lg bg-overlay shadow-overlay"
        >
          <Primitive.Viewport className="p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex select-none flex-col rounded-md py-1.5 pr-8 pl-2.5 text-13 text-ink outline-none data-disabled:text-ink-faint data-highlighted:bg-hover"
              >
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.description ? <span className="text-ink-faint text-xs">{option.description}</span> : null}
                <Primitive.ItemIndicator className="absolute top-2 right-2">
                  <Check aria-hidden className="size-4 text-accent-ink" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
