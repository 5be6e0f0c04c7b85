import type { ReactNode } from "react";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

/** A short piece of code or an API name inside a sentence. */
export function Code({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <code
      className={cn(
        "rounded-sm bg-sunken px-1 py-0.5 text-[0.92em] text-ink-muted [overflow-wrap:anywhere]",
        className,
      )}
    >
      {children}
    </code>
  );
}

/** An id in monospace; with `copyLabel` a copy button that shows on hover and focus, or `always`. */
export function Id({
  value,
  copyLabel,
  always,
  className,
}: {
  value: string;
  copyLabel?: string;
  always?: boolean;
  className?: string;
}) {
  return (
    <span className={cn("group/id inline-flex min-w-0 items-center gap-0.5", className)}>
      <code className="truncate text-[0.92em]" title={value}>
        {value}
      </code>
      {copyLabel ? (
        <CopyButton
          text={value}
          label={copyLabel}
          className={cn(
            "size-6",
            !always && "opacity-0 focus-visible:opacity-100 group-hover/id:opacity-100 pointer-coarse:opacity-100",
          )}
        />
      ) : null}
    </span>
  );
}

/** Several lines to be copied: a curl, a JSON document. Scrolls inside its own box. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div className={cn("rounded-lg border bg-sunken", className)}>
      <div className="flex items-center justify-between border-b py-1 pr-1 pl-3 text-ink-muted text-xs">
        <span className="first-letter:uppercase">{label}</span>
        <CopyButton text={code} label={`Copy ${label}`} withText />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="focus-inset max-h-96 overflow-auto rounded-b-lg p-3"
      >
        <pre className="text-13 leading-5">
          <code>{code}</code>
        </pre>
      </section>
    </div>
  );
}
