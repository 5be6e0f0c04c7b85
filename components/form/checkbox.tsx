"use client";

import { Check, Minus } from "lucide-react";
import * as Primitive from "radix-ui/checkbox";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { useField } from "./field";

/** Give it `aria-label` or an outer label. `checked="indeterminate"` is the mixed state. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  const { required: _required, ...wiring } = useField();
  return (
    <Primitive.Root
      {...wiring}
      className={cn(
        "peer flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-on transition-colors duration-100",
        "hover:border-ink-muted disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-60",
        "data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator className="group flex">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}

/** A tick box with its text; the text is part of what can be clicked. */
export function CheckboxField({
  label,
  hint,
  ...rest
}: ComponentProps<typeof Primitive.Root> & { label: ReactNode; hint?: ReactNode }) {
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
