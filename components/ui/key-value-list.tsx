import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface KeyValue {
  key: string;
  value: ReactNode;
}

/** Facts as a description list: names left, values right; one under the other on narrow screens. */
export function KeyValueList({ items, className }: { items: readonly KeyValue[]; className?: string }) {
  return (
    <dl className={cn("flex flex-col divide-y text-13", className)}>
      {items.map((item) => (
        <div key={item.key} className="flex min-h-10 flex-col justify-center gap-x-4 py-2 sm:flex-row sm:items-center">
          <dt className="text-ink-muted sm:w-44 sm:shrink-0">{item.key}</dt>
          <dd className="min-w-0 flex-1 text-ink [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
