"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { useField } from "./field";

export const controlStyles = cn(
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink text-sm transition-colors duration-100",
  "hover:border-ink-faint focus-visible:border-focus focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-offset-[-1px]",
  "aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint [&[readonly]]:bg-sunken",
);

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useField()} className={cn(controlStyles, "h-8", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...useField()} rows={3} className={cn(controlStyles, "min-h-16 py-1.5", className)} {...rest} />;
}

/** A password field with a button that shows what was typed. Pasting is allowed. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...rest}
        type={shown ? "text" : "password"}
        autoCapitalize="off"
        spellCheck={false}
        className={cn("pr-9", className)}
      />
      <button
        type="button"
        aria-label={shown ? "Hide password" : "Show password"}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-md text-ink-muted hover:text-ink"
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </div>
  );
}
