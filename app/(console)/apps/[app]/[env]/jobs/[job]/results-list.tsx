import { FileQuestion } from "lucide-react";
import type { z } from "zod";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { doneWord, itemNote } from "@/components/jobs/job-words";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/count-text";
import { EmptyState } from "@/components/ui/states";
import { AbsoluteTime } from "@/components/ui/time";
import type { JobItemRow, JobItemsQuerySchema } from "@/lib/core/jobs/schema";

export type ResultsQuery = Omit<z.output<typeof JobItemsQuerySchema>, "jobId">;

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The state of an item in the words of the job's kind. */
function resultOf({ state, errorCode }: JobItemRow, kind: string) {
  const done = capitalised(doneWord(kind));
  if (state === "succeeded" && errorCode === "user_registered_again")
    return { label: "Left alone", tone: "neutral" } as const;
  if (state === "succeeded") return { label: done, tone: "ok" } as const;
  if (state === "failed") return { label: `Not ${doneWord(kind)}`, tone: "warn" } as const;
  return state === "skipped"
    ? ({ label: "Left out", tone: "neutral" } as const)
    : ({ label: "Waiting", tone: "neutral" } as const);
}

/** What the list needs of its job. */
interface ResultsOf {
  readonly kind: string;
  /** It was cancelled: what waits is not done. */
  readonly cancelled: boolean;
}

/** What came of each user of a job. */
export const resultsList: ListDefinition<JobItemRow, ResultsQuery, ResultsOf> = {
  defaults: { size: 25 },
  caption: "Results",
  row: ["user", "users"],
  what: "the results",
  testId: "job-item",
  rowId: (item) => item.targetId,
  tabs: {
    name: "state",
    label: "Results",
    any: "All",
    options: { succeeded: "Done", skipped: "Left out", failed: "Failed", pending: "Waiting" },
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
      cell: (item, { kind, cancelled }) => {
        const { label, tone } = resultOf(item, kind);
        return <Badge tone={tone}>{item.state === "pending" && cancelled ? "Not done" : label}</Badge>;
      },
    },
    {
      id: "line",
      header: "Line",
      align: "right",
      className: "px-4 text-ink-muted tabular-nums",
      cell: ({ line }) => (line === null ? null : formatCount(line)),
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
  empty: () => <EmptyState icon={FileQuestion} title="No user has this result" />,
};
