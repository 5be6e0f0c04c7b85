import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "neutral" | "ok" | "warn" | "danger" | "accent";

const TONES: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-ink-muted",
  ok: "border-ok-line bg-ok-soft text-ok-ink",
  warn: "border-warn-line bg-warn-soft text-warn-ink",
  danger: "border-danger-line bg-danger-soft text-danger-ink",
  accent: "border-transparent bg-accent-soft text-accent-ink",
};

/** A state as a word; the colour is an extra. */
export function Badge({
  tone = "neutral",
  icon: Icon,
  className,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full border px-2 font-medium text-xs whitespace-nowrap",
        TONES[tone],
        className,
      )}
    >
      {Icon ? <Icon aria-hidden className="size-3 shrink-0" /> : null}
      {children}
    </span>
  );
}

/** The word Development or Production in its colour. Stands on every page and inside every dialog that destroys. */
export function EnvironmentBadge({ environment }: { environment: "development" | "production" }) {
  return environment === "production" ? (
    <Badge tone="danger">Production</Badge>
  ) : (
    <Badge tone="warn">Development</Badge>
  );
}
