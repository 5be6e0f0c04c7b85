import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/console/action-result";
import { Region } from "./region";

interface CountCardProps<T> {
  title: string;
  /** The list that the number counts: fixed, or made from what was counted. */
  href: string | ((data: T) => string);
  data: Promise<ActionResult<T>>;
  figure(data: T): ReactNode;
  /** Below the number: a bar, or a word on what it means. */
  detail?(data: T): ReactNode;
}

export const CARD_BOX = "flex h-full min-h-28 flex-col gap-1 rounded-lg border bg-surface px-4 pt-3.5 pb-4";

/** A number that leads to the list behind it. */
export function CountCard<T>({ title, href, data, figure, detail }: CountCardProps<T>) {
  return (
    <Region what={title.toLowerCase()} data={data} skeleton={<CountCardSkeleton title={title} />}>
      {(loaded) => (
        <Link
          href={typeof href === "string" ? href : href(loaded)}
          className={`${CARD_BOX} transition-colors duration-100 hover:border-line-strong`}
        >
          <span className="text-13 text-ink-muted">{title}</span>
          <span className="font-semibold text-figure tabular-nums">{figure(loaded)}</span>
          {detail ? <span className="mt-auto text-ink-muted text-xs">{detail(loaded)}</span> : null}
        </Link>
      )}
    </Region>
  );
}

export function CountCardSkeleton({ title }: { title: string }) {
  return (
    <div className={CARD_BOX}>
      <p className="text-13 text-ink-muted">{title}</p>
      <Skeleton className="mt-1.5 h-6 w-20" />
    </div>
  );
}
