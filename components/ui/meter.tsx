import { cn } from "./class-names";

export type MeterTone = "ok" | "warn" | "danger" | "accent";

const FILL: Record<MeterTone, string> = {
  ok: "bg-ok",
  warn: "bg-warn",
  danger: "bg-danger",
  accent: "bg-accent",
};

/** A filled bar with a name and a value that is read out: "87 of 100". */
export function Meter({
  value,
  max,
  label,
  valueText,
  tone = "accent",
  role = "meter",
  className,
}: {
  value: number;
  max: number;
  label: string;
  valueText?: string;
  tone?: MeterTone;
  /** `progressbar` for something that goes on. */
  role?: "meter" | "progressbar";
  className?: string;
}) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: meter and progressbar both take a name and a value
    <div
      role={role}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuetext={valueText}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-pressed", className)}
    >
      <div className={cn("h-full rounded-full", FILL[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
