import { AuditSentence } from "@/components/audit/audit-sentence";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { countText } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import type { LatestAct } from "@/lib/core/audit/list-latest-acts";

/** What was done last, as sentences. */
export function LatestEntries({ base, acts }: { base: string; acts: readonly LatestAct[] }) {
  return (
    <Card aria-labelledby="latest-entries">
      <CardHeader
        id="latest-entries"
        title="Latest activity"
        action={
          <Link href={`${base}/audit-log`} className="rounded-sm font-medium text-13 text-accent-ink hover:underline">
            Audit log
          </Link>
        }
      />
      <CardBody>
        {acts.length === 0 ? (
          <p className="text-13 text-ink-muted">
            Nothing yet. Bans, changed settings and whatever else operators do will appear here.
          </p>
        ) : (
          <ul className="flex flex-col divide-y text-13">
            {acts.map(({ entry, others }) => (
              <li key={entry.id} className="flex items-baseline justify-between gap-4 py-2 first:pt-0 last:pb-0">
                <span>
                  <AuditSentence entry={entry} base={base} />
                  {others.count === 0 ? null : (
                    <Link
                      href={`${base}/audit-log?request=${encodeURIComponent(entry.requestId)}`}
                      className="rounded-sm text-ink-muted hover:underline"
                    >
                      {` and ${countText(others)} ${others.count === 1 ? "other" : "others"}`}
                    </Link>
                  )}
                </span>
                <RelativeTime real date={entry.at} className="shrink-0 text-ink-faint text-xs" />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

export function ListSkeleton({ title, rows }: { title: string; rows: number }) {
  return (
    <div className="rounded-lg border bg-surface p-4">
      <p className="font-semibold text-sm">{title}</p>
      <div className="mt-4 flex flex-col gap-4">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars
          <Skeleton key={row} className="w-full" />
        ))}
      </div>
    </div>
  );
}
