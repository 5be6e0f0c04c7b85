import { userHref } from "@/components/layout/hrefs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import type { BanRow } from "@/lib/core/bans/list-schema";

/** The next bans to end. */
export function EndingBans({ base, bans, more }: { base: string; bans: readonly BanRow[]; more: boolean }) {
  return (
    <Card aria-labelledby="ending-bans">
      <CardHeader
        id="ending-bans"
        title="Bans ending next"
        action={
          <Link href={`${base}/bans`} className="rounded-sm font-medium text-13 text-accent-ink hover:underline">
            {more ? "All bans" : "Bans"}
          </Link>
        }
      />
      <CardBody>
        {bans.length === 0 ? (
          <p className="text-13 text-ink-muted">No ban ends in the next 24 hours.</p>
        ) : (
          <ul className="flex flex-col divide-y text-13">
            {bans.map((ban) => (
              <li key={ban.id} className="flex items-baseline justify-between gap-4 py-2 first:pt-0 last:pb-0">
                <Link
                  href={userHref(base, ban.userId, "bans")}
                  className="min-w-0 truncate rounded-sm font-medium hover:underline"
                  title={ban.userName}
                >
                  {ban.userId}
                </Link>
                <RelativeTime date={ban.endsAt} className="shrink-0 text-ink-muted text-xs" />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
