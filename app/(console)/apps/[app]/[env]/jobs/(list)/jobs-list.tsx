import { ListChecks } from "lucide-react";
import { ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { dealtWith, JOB_KIND_WORDS, JOB_STATE_WORDS, outcomeWords } from "@/components/jobs/job-words";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { JOB_KINDS, JOBS_KEPT_DAYS, type JobKindName, type JobSummary, jobTitle } from "@/lib/core/jobs/facts";
import type { JobListQuery } from "@/lib/core/jobs/schema";

const TONES = { queued: "neutral", running: "accent", finished: "ok", cancelled: "neutral" } as const;

const kinds = Object.keys(JOB_KINDS) as JobKindName[];

/** The jobs of an environment. `given` is where it is: "/apps/app-1/development". */
export const jobsList: ListDefinition<JobSummary, JobListQuery, { readonly base: string }> = {
  defaults: { size: 25 },
  pageHeading: {
    title: "Jobs",
    description: `Imports, and changes to many users at once. Jobs are kept for ${JOBS_KEPT_DAYS} days after they end.`,
  },
  caption: "Jobs",
  row: ["job", "jobs"],
  kept: "jobs",
  views: true,
  testId: "job-row",
  rowId: (job) => job.id,
  filters: [
    { kind: "choice", name: "state", label: "State", any: "Any state", options: JOB_STATE_WORDS },
    {
      kind: "choice",
      name: "kind",
      label: "Kind",
      any: "Any kind",
      options: Object.fromEntries(kinds.map((kind) => [kind, JOB_KIND_WORDS[kind].label])),
    },
  ],
  order: () => "latest first",
  columns: [
    {
      id: "job",
      header: "Job",
      rowHeader: true,
      className: `${ROW_HEADER_STYLE} sm:min-w-60`,
      cell: (job, { base }) => (
        <Link data-row-link href={`${base}/jobs/${job.id}`} className="rounded-sm font-medium hover:underline">
          {jobTitle(job)}
        </Link>
      ),
    },
    {
      id: "state",
      header: "State",
      className: "min-w-32",
      cell: (job) => <Badge tone={job.failed > 0 ? "warn" : TONES[job.state]}>{JOB_STATE_WORDS[job.state]}</Badge>,
    },
    {
      id: "result",
      header: "Result",
      className: "min-w-44 tabular-nums",
      cell: (job) =>
        job.finishedAt === null ? (
          <span className="text-ink-muted">
            {formatCount(dealtWith(job))} of {formatCount(job.total)}
          </span>
        ) : (
          outcomeWords(job)
        ),
    },
    { id: "by", header: "Started by", className: "min-w-28", cell: (job) => job.createdByName },
    {
      id: "started",
      header: "Started",
      className: "min-w-28 text-ink-muted",
      cell: (job) => <RelativeTime date={job.createdAt} />,
    },
    {
      id: "ended",
      header: "Ended",
      className: "min-w-28 text-ink-muted",
      cell: (job) => (job.finishedAt === null ? "Not yet" : <RelativeTime date={job.finishedAt} />),
    },
  ],
  empty: () => (
    <EmptyState icon={ListChecks} title="No jobs yet">
      <p>Changing many users at once from Users, Bans or Deleted users starts a job. So does an import.</p>
    </EmptyState>
  ),
};
