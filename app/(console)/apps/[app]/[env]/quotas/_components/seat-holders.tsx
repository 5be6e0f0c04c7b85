"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { testRunHref } from "@/components/layout/hrefs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { useAheadMs } from "@/components/ui/environment-time";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import type { Quota } from "@/lib/core/quota/schema";

const SHOWN = 10;
const DAY_MS = 86_400_000;

const linkStyles = "rounded-sm font-medium text-accent-ink hover:underline";

/** Who holds Development's seats: by test run, by prefix with the way to free them, by age, and who was not seen lately. */
export function SeatHolders({ quota }: { quota: Quota }) {
  const { base, whyNot } = useEnvironmentScope();
  const aheadMs = useAheadMs();
  const mayFree = whyNot("users.delete_test") === null;
  const groups = quota.byPrefix.slice(0, SHOWN);
  const others = quota.byPrefix.slice(SHOWN);
  const inOthers = others.reduce((sum, group) => sum + group.count, 0);
  const ages: ReadonlyArray<readonly [string, number]> = [
    ["Last 24 hours", quota.byAge.today],
    ["1 to 7 days ago", quota.byAge.thisWeek],
    ["7 to 30 days ago", quota.byAge.thisMonth],
    ["More than 30 days ago", quota.byAge.older],
  ];
  const unseen = new URLSearchParams({
    by: "unseen",
    since: new Date(Date.now() + aheadMs - 7 * DAY_MS).toISOString().slice(0, 10),
  });
  return (
    <Card aria-labelledby="seat-holders">
      <CardHeader id="seat-holders" title="Who holds the seats" />
      <CardBody className="grid gap-6 text-13 md:grid-cols-2">
        <RunSeatsTable runs={quota.runs.filter(({ seats }) => seats > 0)} />
        <table className="w-full self-start">
          <caption className="mb-1 text-left font-medium text-ink-muted text-xs">By user ID prefix</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Prefix</th>
              <th scope="col">Users</th>
              <th scope="col">Latest</th>
              {mayFree ? <th scope="col">Free</th> : null}
            </tr>
          </thead>
          <tbody className="divide-y">
            {groups.map(({ prefix, count, newest }) => (
              <tr key={prefix}>
                <th scope="row" className="py-1.5 pr-3 text-left font-normal [overflow-wrap:anywhere]">
                  <Link href={`${base}/users?${new URLSearchParams({ q: prefix })}`} className={linkStyles}>
                    <code className="text-[0.92em]">{prefix}</code>
                  </Link>
                </th>
                <td className="py-1.5 pr-3 text-right tabular-nums">{formatCount(count)}</td>
                <td className="py-1.5 pr-3 text-ink-muted">
                  <RelativeTime date={newest} />
                </td>
                {mayFree ? (
                  <td className="py-1.5 text-right">
                    <Link
                      href={`${base}/delete-test-users?${new URLSearchParams({ prefix })}`}
                      aria-label={`Free the seats of ${prefix}`}
                      className={linkStyles}
                    >
                      Free…
                    </Link>
                  </td>
                ) : null}
              </tr>
            ))}
            {inOthers > 0 ? (
              <OtherRow name={`${others.length} other prefixes`} count={inOthers} free={mayFree} />
            ) : null}
            <OtherRow name="No shared prefix" count={quota.withoutPrefix} free={mayFree} />
          </tbody>
        </table>
        <table className="w-full self-start">
          <caption className="mb-1 text-left font-medium text-ink-muted text-xs">By registration date</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Users</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {ages.map(([name, count]) => (
              <tr key={name}>
                <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink-muted">
                  {name}
                </th>
                <td className="py-1.5 text-right tabular-nums">{formatCount(count)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink-muted">
                Not seen for 7 days
                {mayFree && quota.notSeenFor7Days > 0 ? (
                  <>
                    {" · "}
                    <Link
                      href={`${base}/delete-test-users?${unseen}`}
                      aria-label="Free the seats of users not seen for 7 days"
                      className={linkStyles}
                      // A day of UTC: near midnight the server's and the browser's may differ.
                      suppressHydrationWarning
                    >
                      Free…
                    </Link>
                  </>
                ) : null}
              </th>
              <td className="py-1.5 text-right tabular-nums">{formatCount(quota.notSeenFor7Days)}</td>
            </tr>
          </tbody>
        </table>
      </CardBody>
    </Card>
  );
}

/** The seats of live test runs; nothing where there are none. */
function RunSeatsTable({ runs }: { runs: Quota["runs"] }) {
  const { base } = useEnvironmentScope();
  if (runs.length === 0) return null;
  return (
    <table className="w-full self-start md:col-span-2">
      <caption className="mb-1 text-left font-medium text-ink-muted text-xs">By test run</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Test run</th>
          <th scope="col">Seats</th>
          <th scope="col">Of these</th>
          <th scope="col">Expires</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {runs.map(({ id, label, seats, users, expiresAt }) => (
          <tr key={id}>
            <th scope="row" className="py-1.5 pr-3 text-left font-normal [overflow-wrap:anywhere]">
              <Link href={testRunHref(base, id)} className={linkStyles} title={label || undefined}>
                <code className="text-[0.92em]">{id}</code>
              </Link>
            </th>
            <td className="py-1.5 pr-3 text-right tabular-nums">{formatCount(seats)}</td>
            <td className="py-1.5 pr-3 text-ink-muted">
              {seats > users ? `${formatCount(seats - users)} reserved and free` : "all taken"}
            </td>
            <td className="py-1.5 text-ink-muted">
              Expires <RelativeTime date={expiresAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OtherRow({ name, count, free }: { name: string; count: number; free: boolean }) {
  return (
    <tr>
      <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink-muted">
        {name}
      </th>
      <td className="py-1.5 pr-3 text-right tabular-nums">{formatCount(count)}</td>
      <td />
      {free ? <td /> : null}
    </tr>
  );
}
