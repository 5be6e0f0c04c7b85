import { cn } from "./class-names";

/** A grey bar of the size of what is being loaded. The region around it carries `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-sm bg-pressed forced-colors:border", className)} />;
}

/** Until a page of this environment has its data: a title and rows of the right height. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" data-state="loading">
      <p role="status" className="sr-only">
        Loading…
      </p>
      <Skeleton className="mb-6 h-7 w-40" />
      <div className="divide-y rounded-lg border">
        {Array.from({ length: 8 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: eight equal rows
          <div key={row} className="flex h-10 items-center gap-4 px-4">
            <Skeleton className="w-1/4" />
            <Skeleton className="w-1/6" />
            <Skeleton className="w-1/5" />
          </div>
        ))}
      </div>
    </div>
  );
}
