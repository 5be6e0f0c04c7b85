import { FileQuestion } from "lucide-react";
import type { z } from "zod";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/states";
import { AbsoluteTime } from "@/components/ui/time";
import { type JobItemRow, JobItemsQuerySchema } from "@/lib/core/jobs/schema";
import { itemNote } from "./_components/job-words";

const ResultsQuerySchema = JobItemsQuerySchema.omit({ jobId: true });
export type ResultsQuery = z.output<typeof ResultsQuerySchema>;

const STATES = {
  pending: { label: "Waiting", tone: "neutral" },
  succeeded: { label: "Deleted", tone: "ok" },
  failed: { label: "Not deleted", tone: "warn" },
} as const;

/** What came of each user of a job. */
export const resultsList: ListDefinition<JobItemRow, ResultsQuery> = {
  schema: ResultsQuerySchema,
  caption: "Results",
  row: ["user", "users"],
  what: "the results",
  testId: "job-item",
  rowId: (item) => item.targetId,
  tabs: {
    name: "state",
    label: "Results",
    any: "All",
    options: { succeeded: STATES.succeeded.label, failed: STATES.failed.label, pending: STATES.pending.label },
    narrows: true,
  },
  columns: [
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
  ],
  empty: () => <EmptyState icon={FileQuestion} title="No user of this job has that result" />,
};
