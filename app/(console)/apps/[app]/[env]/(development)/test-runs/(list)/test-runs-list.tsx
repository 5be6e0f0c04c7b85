import { ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { testRunHref } from "@/components/layout/hrefs";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { RUNS_KEPT_DAYS } from "@/lib/core/test-runs/facts";
import type { TestRunListQuery, TestRunSummary } from "@/lib/core/test-runs/schema";
import { RUN_STATE_TONES, RUN_STATE_WORDS, seatsText } from "../_components/run-words";
import { NoTestRuns } from "./_components/no-test-runs";

/** The test runs of Development. `given` is where it is: "/apps/app-1/development". */
export const testRunsList: ListDefinition<TestRunSummary, TestRunListQuery, { readonly base: string }> = {
  defaults: { size: 25 },
  pageHeading: {
    title: "Test runs",
    description: `The users of a run are deleted when it ends or expires. Runs are kept for ${RUNS_KEPT_DAYS} days after that.`,
  },
  caption: "Test runs",
  row: ["test run", "test runs"],
  kept: "test-runs",
  views: true,
  testId: "test-run-row",
  rowId: (run) => run.id,
  filters: [
    { kind: "choice", name: "state", label: "State", any: "Any state", options: { live: "Live", over: "Over" } },
  ],
  order: () => "latest first",
  columns: [
    {
      id: "run",
      header: "Test run",
      rowHeader: true,
      className: `${ROW_HEADER_STYLE} sm:min-w-56`,
      cell: (run, { base }) => (
        <span className="flex min-w-0 max-w-40 flex-wrap items-baseline gap-x-2 leading-4 sm:max-w-md">
          <Link
            data-row-link
            href={testRunHref(base, run.id)}
            prefetch={false}
            className="truncate rounded-sm font-medium font-mono text-[0.92em] hover:underline"
          >
            {run.id}
          </Link>
          {run.label === "" ? null : (
            <span className="max-w-full truncate text-ink-muted" title={run.label}>
              {run.label}
            </span>
          )}
        </span>
      ),
    },
    {
      id: "state",
      header: "State",
      className: "min-w-24",
      cell: (run) => <Badge tone={RUN_STATE_TONES[run.state]}>{RUN_STATE_WORDS[run.state]}</Badge>,
    },
    { id: "users", header: "Users", className: "min-w-36 tabular-nums", cell: (run) => seatsText(run) },
    {
      id: "online",
      header: "Online",
      align: "right",
      className: "min-w-20 pr-6 tabular-nums",
      cell: (run) => formatCount(run.online),
    },
    {
      id: "expires",
      header: "Expires",
      className: "min-w-28",
      cell: (run) =>
        run.state === "live" ? (
          <RelativeTime date={run.expiresAt} />
        ) : (
          <span className="text-ink-muted">
            <RelativeTime date={run.endedAt ?? run.expiresAt} />
          </span>
        ),
    },
    { id: "by", header: "Started by", className: "min-w-32", cell: (run) => run.startedByName },
    {
      id: "started",
      header: "Started",
      className: "min-w-28 text-ink-muted",
      cell: (run) => <RelativeTime date={run.startedAt} />,
    },
  ],
  empty: (_query, _given, primary) => <NoTestRuns action={primary} />,
};
