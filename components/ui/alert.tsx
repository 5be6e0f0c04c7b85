import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export type AlertTone = "info" | "ok" | "warn" | "danger";

const LOOK: Record<AlertTone, { icon: LucideIcon; box: string; mark: string }> = {
  info: { icon: Info, box: "border-line bg-sunken", mark: "text-ink-muted" },
  ok: { icon: CircleCheck, box: "border-ok-line bg-ok-soft", mark: "text-ok-ink" },
  warn: { icon: TriangleAlert, box: "border-warn-line bg-warn-soft", mark: "text-warn-ink" },
  danger: { icon: CircleAlert, box: "border-danger-line bg-danger-soft", mark: "text-danger-ink" },
};

export interface AlertProps extends Omit<ComponentProps<"div">, "title"> {
  tone?: AlertTone;
  title?: ReactNode;
  /** Buttons or links at the right. */
  action?: ReactNode;
}

/** A banner inside a page or dialog. Give `role="alert"` or `role="status"` when it appears after an act. */
export function Alert({ tone = "info", title, action, className, children, ...rest }: AlertProps) {
  const { icon: Icon, box, mark } = LOOK[tone];
  return (
    <div
      className={cn("flex gap-2.5 rounded-lg max-sm:flex-wrap border px-3 py-2.5 text-13", box, className)}
      {...rest}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", mark)} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 text-ink [overflow-wrap:anywhere]">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? "text-ink-muted" : ""}>{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 items-center gap-2 max-sm:w-full max-sm:pl-6.5">{action}</div> : null}
    </div>
  );
}
