import { cn } from "./class-names";

/** A grey bar of the size of what is being loaded. The region around it carries `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-sm bg-pressed", className)} />;
}
