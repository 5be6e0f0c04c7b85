import Link from "next/link";
import { AuditSentence } from "@/components/audit/audit-sentence";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";

/** The latest audit entries as sentences. */
export function LatestEntries({ base, entries }: { base: string; entries: readonly AuditRow[] }) {
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
        {entries.length === 0 ? (
          <p className="text-13 text-ink-muted">
            Nothing has been recorded yet. Bans, changed settings and everything else that operators do stands here.
          </p>
        ) : (
          <ul className="flex flex-col divide-y text-13">
            {entries.map((entry) => (
              <li key={entry.id} className="flex items-baseline justify-between gap-4 py-2 first:pt-0 last:pb-0">
                <AuditSentence entry={entry} base={base} />
                <RelativeTime date={entry.at} className="shrink-0 text-ink-faint text-xs" />
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
