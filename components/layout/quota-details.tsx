import { LinkButton } from "@/components/ui/button";
import { formatCount } from "@/components/ui/count-text";
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

/** What fills the Development quota: by id prefix, by age, not seen lately, growth. */
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
