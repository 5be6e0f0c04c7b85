"use client";

import { Ban, CircleAlert, CircleCheck, CircleStop, Clock3, Loader, RotateCw, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { dealtWith, doneWord, JOB_STATE_WORDS, outcomeWords } from "@/components/jobs/job-words";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount, plural } from "@/components/ui/count-text";
import { Meter } from "@/components/ui/meter";
import { notify } from "@/components/ui/notify";
import { cancelJobAction, retryFailedAction, undoJobAction } from "../actions";
import { type FollowedJob, isOver, useJob } from "./use-job";

const LOOK = {
  queued: { icon: Clock3, tone: "neutral" },
  running: { icon: Loader, tone: "accent" },
  finished: { icon: CircleCheck, tone: "ok" },
  cancelled: { icon: CircleStop, tone: "neutral" },
} as const;

interface JobProgressProps {
  followed: FollowedJob;
  /** Why this operator cannot cancel, retry or undo it; null: can. */
  refusal: string | null;
  /** Its kind can be undone, and that has not been done. */
  undoable: boolean;
}

/** The bar, what has been done, and what can be done about it: Cancel, Retry failed, Undo. */
export function JobProgress({ followed, refusal, undoable }: JobProgressProps) {
  const { scope, jobId } = followed;
  const { job, unreachable, follow } = useJob(followed);
  const router = useRouter();
  const retry = useAction(() => retryFailedAction(scope, { jobId }));
  const [asking, setAsking] = useState<"cancel" | "undo" | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const done = dealtWith(job);
  const over = isOver(job.state);
  const failed = job.state === "finished" && job.failed > 0;
  const { icon, tone } = failed ? ({ icon: CircleAlert, tone: "warn" } as const) : LOOK[job.state];
  const total = job.selecting ? Math.max(job.expected ?? 0, job.total) : job.total;

  const onRetry = async () => {
    const result = await retry.run(undefined);
    if (!result.ok) return;
    await follow();
    notify.success(`Retrying ${plural(result.data.retried, "user")}.`);
  };

  return (
    <Card aria-label="Progress of the job">
      <CardBody className="flex flex-col gap-3 pt-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex flex-wrap items-center gap-3">
            <Badge tone={tone} icon={icon}>
              {job.selecting && job.state === "running" ? "Choosing users" : JOB_STATE_WORDS[job.state]}
            </Badge>
            {/* Spoken once, when there is an outcome; the bar tells the rest to those who ask. */}
            <p role="status" className="font-medium text-13">
              {over ? outcomeWords(job) : ""}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <span className="text-13 text-ink-muted tabular-nums">
              {formatCount(done)} of {formatCount(total)}
            </span>
            {over ? null : (
              <Button
                ref={opener}
                size="sm"
                icon={Ban}
                disabled={refusal !== null}
                title={refusal ?? undefined}
                onClick={() => setAsking("cancel")}
              >
                Cancel job
              </Button>
            )}
            {over && undoable && job.succeeded > 0 ? (
              <Button
                ref={opener}
                size="sm"
                icon={Undo2}
                disabled={refusal !== null}
                title={refusal ?? undefined}
                onClick={() => setAsking("undo")}
              >
                Undo
              </Button>
            ) : null}
          </div>
        </div>
        <Meter
          role="progressbar"
          label="Progress"
          value={done}
          max={total}
          valueText={`${formatCount(done)} of ${formatCount(total)} users, ${formatCount(job.failed)} not ${doneWord(job.kind)}`}
          tone={failed ? "warn" : job.state === "finished" ? "ok" : "accent"}
          className="h-2"
        />
        {unreachable && !over ? (
          <Alert tone="warn" title="Can’t read the progress">
            The job continues. The console keeps trying to read it.
          </Alert>
        ) : null}
        {job.state === "queued" && !unreachable ? (
          <p className="text-13 text-ink-muted">
            It starts within seconds. You can leave this page, or share its address.
          </p>
        ) : null}
        {job.state === "cancelled" ? (
          <p className="text-13 text-ink-muted">
            {job.selecting || done < job.total
              ? "The rest was left alone. What was done stays."
              : "Everything was already done by then."}
          </p>
        ) : null}
        {failed ? (
          <Alert
            tone="warn"
            title={`${plural(job.failed, "user")} could not be ${doneWord(job.kind)}`}
            className="flex-col sm:flex-row"
            action={
              <Button size="sm" icon={RotateCw} pending={retry.pending} disabled={refusal !== null} onClick={onRetry}>
                Retry failed
              </Button>
            }
          >
            {refusal ?? "The list says why. Retrying touches only these."}
          </Alert>
        ) : null}
        <ActionErrorAlert error={retry.error} title="Could not retry" />
      </CardBody>
      {asking === "cancel" ? (
        <ConfirmDialog
          onClose={() => setAsking(null)}
          returnFocusTo={opener}
          environment={scope.env}
          title="Cancel this job?"
          effect="It stops within a second. What it has done stays."
          confirmLabel="Cancel job"
          onConfirm={() => cancelJobAction(scope, { jobId })}
          onDone={({ cancelled }) => {
            if (!cancelled) notify.success("The job had already ended.");
            void follow();
          }}
        />
      ) : null}
      {asking === "undo" ? (
        <ConfirmDialog
          onClose={() => setAsking(null)}
          returnFocusTo={opener}
          environment={scope.env}
          tone="primary"
          title={`Undo this for ${plural(job.succeeded, "user")}?`}
          effect="Each goes back to how it was before the job. Users changed since then are left alone."
          consequences={["This starts another job and opens its page."]}
          confirmLabel={`Undo for ${plural(job.succeeded, "user")}`}
          onConfirm={() => undoJobAction(scope, { jobId })}
          onDone={(undo) => router.push(`/apps/${scope.app}/${scope.env}/jobs/${undo.jobId}`)}
        />
      ) : null}
    </Card>
  );
}
