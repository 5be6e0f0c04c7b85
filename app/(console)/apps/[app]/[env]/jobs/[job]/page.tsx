import { Download, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import { LoadError } from "@/components/layout/failures";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { buttonStyles, LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { pageActor, readForPage, type SearchParams } from "@/lib/console/page";
import { JOBS_KEPT_DAYS, jobKindFacts, jobTitle } from "@/lib/core/jobs/facts";
import { getJob } from "@/lib/core/jobs/get-job";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import { JobItemsQuerySchema } from "@/lib/core/jobs/schema";
import { lowestRole, operatorMay } from "@/lib/core/permissions";
import { JobFacts } from "./_components/job-facts";
import { JobProgress } from "./_components/job-progress";
import { JobResults } from "./_components/job-results";

interface Props {
  params: Promise<{ app: string; env: string; job: string }>;
  searchParams: SearchParams;
}

export const metadata: Metadata = { title: "Job" };

/** One job with its progress and the result of each user. The address may be passed on. */
export default async function JobPage({ params, searchParams }: Props) {
  const { job: jobId, ...scope } = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "users.read");
  const query = await readListQuery(JobItemsQuerySchema.omit({ jobId: true }), searchParams);
  const base = `/apps/${environment.appId}/${environment.name}`;
  const breadcrumb = (label: string) => <Breadcrumb crumbs={[{ label: "Jobs", href: `${base}/jobs` }, { label }]} />;

  const [found, items] = await Promise.all([
    readForPage(actor, () => getJob(context, actor, { jobId })),
    readForPage(actor, () => listJobItems(context, actor, { jobId, ...query })),
  ]);
  if (!found.ok) {
    return (
      <>
        <PageHeader title="Job" breadcrumb={breadcrumb(jobId)} />
        <LoadError what="the job" error={found.error} />
      </>
    );
  }
  const job = found.data;
  if (job === null) {
    return (
      <>
        {breadcrumb(jobId)}
        <EmptyState
          icon={SearchX}
          heading="h1"
          title="No such job"
          actions={
            <>
              <LinkButton href={`${base}/jobs`}>All jobs</LinkButton>
              <LinkButton href={`${base}/users`} variant="primary">
                All users
              </LinkButton>
            </>
          }
        >
          <p>
            No job has the ID <code className="text-ink [overflow-wrap:anywhere]">{jobId}</code> in{" "}
            {ENVIRONMENT_WORDS[environment.name].label}. It may belong to the other environment, or it ended more than{" "}
            {JOBS_KEPT_DAYS} days ago.
          </p>
        </EmptyState>
      </>
    );
  }

  const facts = jobKindFacts(job.kind);
  const { permission = "users.read" } = facts ?? {};
  const refusal = closed
    ? "Production is closed on the free plan."
    : operatorMay(actor, permission)
      ? null
      : `Only the role ${lowestRole(permission)} or higher can do this. An owner can change your role under Operators.`;
  const followed = {
    scope: { app: environment.appId, env: environment.name },
    jobId: job.id,
    initial: job,
    readAt: context.now(),
  };
  const download = (format: "csv" | "json") => (
    <a
      href={`/api${base}/jobs/${job.id}/results?format=${format}`}
      download
      className={buttonStyles()}
      aria-label={`Download results as ${format.toUpperCase()}`}
    >
      <Download aria-hidden /> {format.toUpperCase()}
    </a>
  );
  return (
    <>
      <PageHeader
        title={jobTitle(job)}
        description={`${environment.appName}, ${ENVIRONMENT_WORDS[environment.name].label}`}
        breadcrumb={breadcrumb(jobTitle(job))}
        actions={
          <>
            {job.kind === "copy_data" && job.succeeded > 0 && refusal === null ? (
              <a href={`/api${base}/jobs/${job.id}/data`} download className={buttonStyles({ variant: "primary" })}>
                <Download aria-hidden /> Download data
              </a>
            ) : null}
            {download("csv")}
            {download("json")}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <JobProgress
          key={job.id}
          followed={followed}
          refusal={refusal}
          undoable={facts?.undo === true && (job.undoneBy === null || job.undoneBy.state === "cancelled")}
        />
        <JobFacts base={base} job={job} followed={followed} />
        <JobResults job={job} query={query} page={items} />
      </div>
    </>
  );
}
