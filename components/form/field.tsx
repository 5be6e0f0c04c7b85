"use client";

import { CircleAlert } from "lucide-react";
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "@/components/ui/class-names";

interface FieldWiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean | undefined;
}

const FieldContext = createContext<FieldWiring | null>(null);

/** What a control inside a Field takes on: its id, and the ids of hint and error. Empty outside of one. */
export function useField(): Partial<FieldWiring> {
  return useContext(FieldContext) ?? {};
}

export function Label({ className, children, ...rest }: ComponentProps<"label">) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor
    <label className={cn("font-medium text-13 text-ink", className)} {...rest}>
      {children}
    </label>
  );
}

export interface FieldProps {
  label: ReactNode;
  /** One sentence under the control. */
  hint?: ReactNode;
  /** What is wrong with the value; marks the control invalid and is read out with it. */
  error?: ReactNode;
  /** Beside the label: "optional". */
  aside?: ReactNode;
  required?: boolean;
  hideLabel?: boolean;
  className?: string;
  /** One control of the kit: Input, PasswordInput, Textarea, Select. */
  children: ReactNode;
}

/** Label, control, hint and error, wired by id. */
export function Field({ label, hint, error, aside, required, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <div className={cn("flex items-baseline justify-between gap-2", hideLabel && "sr-only")}>
        <Label htmlFor={id}>{label}</Label>
        {aside ? <span className="text-ink-faint text-xs">{aside}</span> : null}
      </div>
      <FieldContext.Provider
        value={{ id, "aria-describedby": describedBy, "aria-invalid": error ? true : undefined, required }}
      >
        {children}
      </FieldContext.Provider>
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-13 text-danger-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-ink-faint text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
