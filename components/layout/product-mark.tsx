import { cn } from "@/components/ui/class-names";

/** A speech bubble in a tile. Decoration: the product's name stands beside it or in the link's label. */
export function ProductMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={cn("size-6 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-ink" />
      <path
        d="M9 10.5A2.5 2.5 0 0 1 11.5 8h9a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5H15l-4.3 3.7a.6.6 0 0 1-1-.46V10.5z"
        className="fill-canvas"
      />
    </svg>
  );
}
