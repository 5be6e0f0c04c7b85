import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Card({ className, children, ...rest }: ComponentProps<"section">) {
  return (
    <section className={cn("rounded-lg border bg-surface", className)} {...rest}>
      {children}
    </section>
  );
}

export function CardHeader({
  title,
  description,
  action,
  id,
}: {
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  /** Of the heading, for `aria-labelledby` on the Card. */
  id?: string;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 pb-3">
      <div className="flex min-w-0 flex-col gap-0.5">
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {description ? <p className="text-13 text-ink-muted">{description}</p> : null}
      </div>
      {action ? <div className="flex max-w-full flex-wrap gap-2">{action}</div> : null}
    </header>
  );
}

export function CardBody({ className, children, ...rest }: ComponentProps<"div">) {
  return (
    <div className={cn("px-4 pb-4", className)} {...rest}>
      {children}
    </div>
  );
}

export function CardFooter({ className, children, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-between gap-2 rounded-b-lg border-t bg-frame px-4 py-3 text-13 text-ink-muted",
        className,
      )}
      {...rest}
    >
      {children}
    </footer>
  );
}
