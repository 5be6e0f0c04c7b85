import { LinkButton } from "@/components/ui/button";
import { formatCount, plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { testRunHref } from "./hrefs";
import { growthSentence } from "./quota-growth";
import type { QuotaAnswer, Scope } from "./quota-query";

function Rows({
  title,
  rows,
}: {
  title: string;
  rows: ReadonlyArray<{ name: string; count: number; mono?: boolean }>;
}) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-ink-faint text-xs">{title}</h3>
      <dl className="flex flex-col gap-1">
        {rows.map((row) => (
          <div key={row.name} className="flex justify-between gap-4">
            <dt className={row.mono ? "truncate font-mono text-[0.92em]" : "text-ink-muted"}>{row.name}</dt>
            <dd>{formatCount(row.count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const RUNS_SHOWN = 5;

/** The seats of live test runs: "24 by run pw-4711, expires in 40 minutes". Nothing where there are none. */
function RunRows({ quota, base, onNavigate }: { quota: QuotaAnswer; base: string; onNavigate: () => void }) {
  const holding = quota.runs.filter(({ seats }) => seats > 0);
  if (holding.length === 0) return null;
  const rest = holding.slice(RUNS_SHOWN);
  return (
    <section>
      <h3 className="mb-1 font-medium text-ink-faint text-xs">By test run</h3>
      <ul className="flex flex-col gap-1">
        {holding.slice(0, RUNS_SHOWN).map((run) => (
          <li key={run.id} className="[overflow-wrap:anywhere]">
            {formatCount(run.seats)} by run{" "}
            <Link
              href={testRunHref(base, run.id)}
              onClick={onNavigate}
              className="rounded-sm font-mono text-[0.92em] text-accent-ink hover:underline"
            >
              {run.id}
            </Link>
            <span className="text-ink-muted">
              , expires <RelativeTime date={run.expiresAt} />
            </span>
          </li>
        ))}
        {rest.length === 0 ? null : (
          <li className="text-ink-muted">
            {formatCount(rest.reduce((sum, run) => sum + run.seats, 0))} by {plural(rest.length, "other run")}
          </li>
        )}
      </ul>
      {quota.reserved === 0 ? null : (
        <p className="mt-1 text-ink-muted">{plural(quota.reserved, "free seat is", "free seats are")} reserved.</p>
      )}
    </section>
  );
}

/** What fills the Development quota: by test run, by id prefix, by age, not seen lately, growth. */
export function QuotaDetails({
  quota,
  scope,
  mayFree,
  onNavigate,
}: {
  quota: QuotaAnswer;
  scope: Scope;
  mayFree: boolean;
  onNavigate: () => void;
}) {
  const shown = quota.byPrefix.slice(0, 5);
  const rest = quota.byPrefix.slice(5).reduce((sum, group) => sum + group.count, 0);
  return (
    <div className="flex flex-col gap-4 text-13">
      <div>
        <h2 className="font-semibold">
          {formatCount(quota.used)} of {formatCount(quota.limit)} Development users
        </h2>
        <p className="text-ink-muted">{growthSentence(quota)}</p>
      </div>
      <RunRows quota={quota} base={`/apps/${scope.app}/development`} onNavigate={onNavigate} />
      <Rows
        title="By ID prefix"
        rows={[
          ...shown.map((group) => ({ name: group.prefix, count: group.count, mono: true })),
          ...(rest > 0 ? [{ name: "other prefixes", count: rest }] : []),
          { name: "no shared prefix", count: quota.withoutPrefix },
        ]}
      />
      <Rows
        title="By registration date"
        rows={[
          { name: "Last 24 hours", count: quota.byAge.today },
          { name: "1 to 7 days ago", count: quota.byAge.thisWeek },
          { name: "7 to 30 days ago", count: quota.byAge.thisMonth },
          { name: "Older", count: quota.byAge.older },
          { name: "Not seen for 7 days", count: quota.notSeenFor7Days },
        ]}
      />
      {mayFree ? null : <p className="text-ink-muted">An admin can delete test users to free seats.</p>}
      <div className="flex flex-wrap gap-2">
        {mayFree ? (
          <LinkButton href={`/apps/${scope.app}/development/delete-test-users`} onClick={onNavigate}>
            Free seats…
          </LinkButton>
        ) : null}
        <LinkButton href={`/apps/${scope.app}/development/quotas`} onClick={onNavigate}>
          All quotas
        </LinkButton>
      </div>
    </div>
  );
}
