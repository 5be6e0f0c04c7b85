"use client";

import { CircleAlert, CircleCheck, Clock3, Loader, RotateCw } from "lucide-react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { formatCount, plural } from "@/components/ui/count-text";
import { Meter } from "@/components/ui/meter";
import { notify } from "@/components/ui/toaster";
import { retryFailed } from "../actions";
import { outcomeWords, STATE_WORDS } from "./job-words";
import { type JobProgress as Progress, useJob } from "./use-job";

const LOOK = {
  queued: { icon: Clock3, tone: "neutral" },
  running: { icon: Loader, tone: "accent" },
  finished: { icon: CircleCheck, tone: "ok" },
} as const;

interface JobProgressProps {
  scope: { app: string; env: string };
  jobId: string;
  initial: Progress;
  /** Unix milliseconds. */
  readAt: number;
  /** Why failed items cannot be tried again by this operator; null when they can. */
  retryRefusal: string | null;
}

/** The bar, what has been done, and Retry for what failed. */
export function JobProgress({ scope, jobId, initial, readAt, retryRefusal }: JobProgressProps) {
  const { job, unreachable, follow } = useJob(scope, jobId, initial, readAt);
  const retry = useAction(() => retryFailed(scope, { jobId }));
  const done = job.succeeded + job.failed;
  const finished = job.state === "finished";
  const failed = finished && job.failed > 0;
  const { icon, tone } = failed ? ({ icon: CircleAlert, tone: "warn" } as const) : LOOK[job.state];

  const onRetry = async () => {
    const result = await retry.run(undefined);
    if (!result.ok) return;
    await follow();
    notify.success(`Trying ${plural(result.data.retried, "user")} again.`);
  };

  return (
    <Card aria-label="Progress of the job">
      <CardBody className="flex flex-col gap-3 pt-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex flex-wrap items-center gap-3">
            <Badge tone={tone} icon={icon}>
              {STATE_WORDS[job.state]}
            </Badge>
            {/* Spoken once, when there is an outcome; the bar tells the rest to those who ask. */}
            <p role="status" className="font-medium text-13">
              {finished ? outcomeWords(job) : ""}
            </p>
          </div>
          <span className="text-13 text-ink-muted tabular-nums">
            {formatCount(done)} of {formatCount(job.total)}
          </span>
        </div>
        <Meter
          role="progressbar"
          label="Progress"
          value={done}
          max={job.total}
          valueText={`${formatCount(done)} of ${formatCount(job.total)} users, ${formatCount(job.failed)} not deleted`}
          tone={failed ? "warn" : finished ? "ok" : "accent"}
          className="h-2"
        />
        {unreachable && !finished ? (
          <Alert tone="warn" title="The progress cannot be read just now">
            The job goes on without this page. It is asked for again every second.
          </Alert>
        ) : null}
        {job.state === "queued" && !unreachable ? (
          <p className="text-13 text-ink-muted">
            A service process carries it out. It goes on when you leave this page; this address can be shared.
          </p>
        ) : null}
        {failed ? (
          <Alert
            tone="warn"
            title={`${plural(job.failed, "user")} could not be deleted`}
            className="flex-col sm:flex-row"
            action={
              <Button
                size="sm"
                icon={RotateCw}
                pending={retry.pending}
                disabled={retryRefusal !== null}
                onClick={onRetry}
              >
                Retry failed
              </Button>
            }
          >
            {retryRefusal ?? "The reasons are in the list. Trying again touches only these."}
          </Alert>
        ) : null}
        <ActionErrorAlert error={retry.error} title="Could not try again" />
      </CardBody>
    </Card>
  );
}
