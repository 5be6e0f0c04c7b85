import { AuditSentence } from "@/components/audit/audit-sentence";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";

const LINES = 5;

interface Line {
  readonly entry: AuditRow;
  /** Entries of the same act on other targets, such as those of a job. */
  others: number;
}

/** Entries next to each other that one request made of the same kind are one line. */
function linesOf(entries: readonly AuditRow[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.entry.requestId === entry.requestId && last.entry.action === entry.action) {
      last.others += 1;
    } else lines.push({ entry, others: 0 });
  }
  return lines.slice(0, LINES);
}

/** The latest audit entries as sentences. `more`: there are older ones than these. */
export function LatestEntries({ base, entries, more }: { base: string; entries: readonly AuditRow[]; more: boolean }) {
  const counted = linesOf(entries);
  // The last line may go on beyond what was read.
  const openEnd = more && counted.reduce((sum, { others }) => sum + others + 1, 0) === entries.length;
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
            Nothing yet. Bans, changed settings and whatever else operators do will appear here.
          </p>
        ) : (
          <ul className="flex flex-col divide-y text-13">
            {counted.map(({ entry, others }, index) => (
              <li key={entry.id} className="flex items-baseline justify-between gap-4 py-2 first:pt-0 last:pb-0">
                <span>
                  <AuditSentence entry={entry} base={base} />
                  {others === 0 ? null : (
                    <Link
                      href={`${base}/audit-log?request=${encodeURIComponent(entry.requestId)}`}
                      className="rounded-sm text-ink-muted hover:underline"
                    >
                      {` and ${openEnd && index === counted.length - 1 ? "at least " : ""}${plural(others, "other")}`}
                    </Link>
                  )}
                </span>
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
