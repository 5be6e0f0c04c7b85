"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as CheckboxPrimitive, RadioGroup as RadioGroupPrimitive, Switch as SwitchPrimitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { useField } from "./field";

/** Give it `aria-label` or an outer label. `checked="indeterminate"` is the mixed state. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof CheckboxPrimitive.Root>) {
  const { required: _required, ...wiring } = useField();
  return (
    <CheckboxPrimitive.Root
      {...wiring}
      className={cn(
        "peer flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-on transition-colors duration-100",
        "hover:border-ink-muted disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-60",
        "data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...rest}
    >
      <CheckboxPrimitive.Indicator className="group flex">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </CheckboxPrimitive.Indicator>
    </CheckboxPrimitive.Root>
  );
}

/** A tick box with its text; the text is part of what can be clicked. */
export function CheckboxField({
  label,
  hint,
  ...rest
}: ComponentProps<typeof CheckboxPrimitive.Root> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex gap-2">
      <Checkbox id={id} aria-describedby={hint ? `${id}-hint` : undefined} className="mt-0.5" {...rest} />
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="text-13 text-ink">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-ink-faint text-xs">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** An on/off control. Its accessible name comes from `aria-label` or `aria-labelledby`. */
export function Switch({ className, ...rest }: ComponentProps<typeof SwitchPrimitive.Root>) {
  const { required: _required, ...wiring } = useField();
  return (
    <SwitchPrimitive.Root
      {...wiring}
      className={cn(
        "inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-0.5 transition-colors duration-100",
        "hover:border-ink-muted disabled:cursor-not-allowed disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <SwitchPrimitive.Thumb className="size-3.5 rounded-full bg-line-strong transition-transform duration-100 data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-on" />
    </SwitchPrimitive.Root>
  );
}

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
    <RadioGroupPrimitive.Root
      value={value}
      onValueChange={(next) => onValueChange(next as V)}
      aria-label={label}
      disabled={disabled}
      className={cn("flex flex-col gap-2", className)}
    >
      {options.map((option) => (
        <div key={option.value} className="flex gap-2">
          <RadioGroupPrimitive.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.disabled}
            aria-describedby={option.description ? `${id}-${option.value}-hint` : undefined}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors duration-100 hover:border-ink-muted disabled:cursor-not-allowed disabled:opacity-60 data-[state=checked]:border-accent"
          >
            <RadioGroupPrimitive.Indicator className="size-2 rounded-full bg-accent" />
          </RadioGroupPrimitive.Item>
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
    </RadioGroupPrimitive.Root>
  );
}
