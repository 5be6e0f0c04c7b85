import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";

export interface Crumb {
  label: string;
  /** Absent for a level that has no page of its own, and for the current page. */
  href?: string;
}

/** Where this page stands; the last crumb is the page itself. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-13 text-ink-muted">
        {crumbs.map((crumb, index) => (
          <li key={`${crumb.label}-${crumb.href ?? ""}`} className="flex min-w-0 items-center gap-1">
            {index > 0 ? <ChevronRight aria-hidden className="size-3.5 text-ink-faint" /> : null}
            {crumb.href ? (
              <Link href={crumb.href} className="truncate rounded-sm hover:text-ink hover:underline">
                {crumb.label}
              </Link>
            ) : (
              <span aria-current={index === crumbs.length - 1 ? "page" : undefined} className="truncate">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
