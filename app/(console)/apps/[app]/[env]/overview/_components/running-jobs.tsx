import { dealtWith } from "@/components/jobs/job-words";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { Meter } from "@/components/ui/meter";
import { type JobSummary, jobTitle } from "@/lib/core/jobs/facts";

/** Jobs that are queued or running, as of now; each job's own page follows its progress. */
export function RunningJobs({ base, jobs }: { base: string; jobs: readonly JobSummary[] }) {
  return (
    <Card aria-labelledby="running-jobs">
      <CardHeader
        id="running-jobs"
        title="Running jobs"
        action={
          <Link href={`${base}/jobs`} className="rounded-sm text-13 text-accent-ink hover:underline">
            All jobs
          </Link>
        }
      />
      <CardBody>
        {jobs.length === 0 ? (
          <p className="text-13 text-ink-muted">No job is running.</p>
        ) : (
          <ul className="flex flex-col gap-3 text-13">
            {jobs.map((job) => {
              const done = dealtWith(job);
              const title = jobTitle(job);
              return (
                <li key={job.id} className="flex flex-col gap-1.5">
                  <div className="flex items-baseline justify-between gap-4">
                    <Link href={`${base}/jobs/${job.id}`} className="rounded-sm font-medium hover:underline">
                      {title}
                    </Link>
                    <span className="shrink-0 text-ink-muted text-xs tabular-nums">
                      {formatCount(done)} of {formatCount(job.total)}
                    </span>
                  </div>
                  <Meter
                    role="progressbar"
                    label={title}
                    value={done}
                    max={job.total}
                    valueText={`${done} of ${job.total}`}
                  />
                </li>
              );
            })}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
