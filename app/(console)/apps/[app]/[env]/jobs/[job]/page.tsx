import { Download, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/list-address";
import { LoadError } from "@/components/layout/failures";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { buttonStyles, LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { pageActor, readForPage, type SearchParams } from "@/lib/console/page";
import { getJob } from "@/lib/core/jobs/get-job";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import { lowestRole, roleMay } from "@/lib/core/permissions";
import { JobFacts } from "./_components/job-facts";
import { JobProgress } from "./_components/job-progress";
import { JobResults } from "./_components/job-results";
import { jobTitle } from "./_components/job-words";
import { resultsList } from "./results-list";

interface Props {
  params: Promise<{ app: string; env: string; job: string }>;
  searchParams: SearchParams;
}

export const metadata: Metadata = { title: "Job" };

/** One job with its progress and the result of each user. The address may be passed on. */
export default async function JobPage({ params, searchParams }: Props) {
  const { job: jobId, ...scope } = await params;
  const { context, actor, environment } = await pageActor(scope, "users.read");
  const query = await readListQuery(resultsList, searchParams);
  const base = `/apps/${environment.appId}/${environment.name}`;
  const breadcrumb = (label: string) => (
    <Breadcrumb
      crumbs={[
        { label: "Users", href: `${base}/users` },
        ...(environment.name === "development"
          ? [{ label: "Delete test users", href: `${base}/delete-test-users` }]
          : []),
        { label },
      ]}
    />
  );

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
              <LinkButton href={`${base}/audit-log?targetKind=job`}>Jobs in the audit log</LinkButton>
              <LinkButton href={`${base}/users`} variant="primary">
                All users
              </LinkButton>
            </>
          }
        >
          <p>
            There is no job with the ID <code className="text-ink [overflow-wrap:anywhere]">{jobId}</code> in{" "}
            {ENVIRONMENT_WORDS[environment.name].label}. It may belong to the other environment.
          </p>
        </EmptyState>
      </>
    );
  }

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
            {download("csv")}
            {download("json")}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <JobProgress
          scope={{ app: environment.appId, env: environment.name }}
          jobId={job.id}
          initial={{
            state: job.state,
            total: job.total,
            succeeded: job.succeeded,
            failed: job.failed,
            startedAt: job.startedAt?.toISOString() ?? null,
            finishedAt: job.finishedAt?.toISOString() ?? null,
          }}
          readAt={context.now()}
          retryRefusal={
            roleMay(actor.role, "users.delete_test")
              ? null
              : `Trying again needs the role ${lowestRole("users.delete_test")} or higher. An owner can change your role under Operators.`
          }
        />
        <JobFacts base={base} job={job} />
        <JobResults job={job} query={query} page={items} />
      </div>
    </>
  );
}
