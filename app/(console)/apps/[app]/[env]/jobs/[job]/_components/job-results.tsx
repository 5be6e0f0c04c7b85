"use client";

import { FileQuestion } from "lucide-react";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { Badge } from "@/components/ui/badge";
import { formatCount, plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tab-links";
import { AbsoluteTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { JobItemRow, JobSummary } from "@/lib/core/jobs/schema";
import type { Page } from "@/lib/core/paging/page-size";
import type { JobParams } from "../search-params";
import { itemNote } from "./job-words";

const STATES = {
  pending: { label: "Waiting", tone: "neutral" },
  succeeded: { label: "Deleted", tone: "ok" },
  failed: { label: "Not deleted", tone: "warn" },
} as const;

const columns: ReadonlyArray<Column<JobItemRow>> = [
  {
    id: "user",
    header: "User",
    rowHeader: true,
    cell: ({ targetId }) => <code className="text-[0.92em]">{targetId}</code>,
  },
  {
    id: "result",
    header: "Result",
    className: "px-4",
    cell: (item) => {
      const leftAlone = item.state === "succeeded" && item.errorCode === "user_registered_again";
      const { label, tone } = leftAlone ? ({ label: "Left alone", tone: "neutral" } as const) : STATES[item.state];
      return <Badge tone={tone}>{label}</Badge>;
    },
  },
  {
    id: "reason",
    header: "Reason",
    className: "w-full",
    cell: (item) =>
      item.errorCode === null ? null : (
        <span className="text-ink-muted">
          {itemNote(item)} <code className="text-ink-faint text-xs">{item.errorCode}</code>
        </span>
      ),
  },
  {
    id: "finished",
    header: "Time",
    align: "right",
    className: "pr-4",
    cell: ({ finishedAt }) =>
      finishedAt === null ? <span className="text-ink-faint">Not yet</span> : <AbsoluteTime date={finishedAt} />,
  },
];

interface JobResultsProps {
  job: JobSummary;
  params: JobParams;
  page: ActionResult<Page<JobItemRow>>;
}

/** What came of each user. Read with the page, and once more when the job finishes; no timer moves the rows. */
export function JobResults(props: JobResultsProps) {
  return (
    <List>
      <Results {...props} />
    </List>
  );
}

function Results({ job, params, page }: JobResultsProps) {
  const { href, refresh } = useList();
  const tabs = [
    { state: undefined, label: "All", count: job.total },
    { state: "succeeded", label: "Deleted", count: job.succeeded },
    { state: "failed", label: "Not deleted", count: job.failed },
    { state: "pending", label: "Waiting", count: job.total - job.succeeded - job.failed },
  ] as const;
  const rows = page.ok ? page.data.rows : [];
  return (
    <section aria-label="Results by user" className="flex flex-col gap-3">
      <TabLinks
        label="Results"
        tabs={tabs.map(({ state, label, count }) => ({
          href: href({ state: state ?? null }),
          label,
          count: formatCount(count),
          current: params.state === state,
        }))}
      />
      <DataTable
        caption="Results"
        columns={columns}
        rows={rows}
        rowId={(item) => item.targetId}
        testIdPrefix="job-item"
        state={!page.ok ? "error" : rows.length === 0 ? "no-match" : "ready"}
        footer={
          page.ok && rows.length > 0 ? (
            <Pager previous={page.data.previous} next={page.data.next} size={params.size}>
              {plural(rows.length, "user")} on this page
            </Pager>
          ) : null
        }
      >
        {!page.ok ? (
          <ErrorState
            title="Could not load the results"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : rows.length === 0 ? (
          <EmptyState icon={FileQuestion} title="No user of this job has that result" />
        ) : null}
      </DataTable>
    </section>
  );
}
