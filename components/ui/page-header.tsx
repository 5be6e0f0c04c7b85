import type { ReactNode } from "react";
import { Hydrated } from "@/components/layout/hydrated";

export interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title: "1,204" or "10,000+". */
  count?: ReactNode;
  description?: ReactNode;
  /** One primary action, right; lesser ones before it. */
  actions?: ReactNode;
  /** A Breadcrumb above the title. */
  breadcrumb?: ReactNode;
  /** Stands in a layout: what is below responds later, and says so by a <Hydrated /> of its own. */
  aboveTabs?: true;
}

/** The page's h1. */
export function PageHeader({ title, count, description, actions, breadcrumb, aboveTabs }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-col gap-2">
      {aboveTabs ? null : <Hydrated />}
      {breadcrumb}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        {/* A long description goes over two lines before the actions leave their place at the right. */}
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <div className="flex items-baseline gap-2.5">
            <h1 className="font-semibold text-title [overflow-wrap:anywhere]">{title}</h1>
            {count === undefined ? null : <span className="text-ink-muted text-sm tabular-nums">{count}</span>}
          </div>
          {description ? <p className="max-w-2xl text-13 text-ink-muted">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
