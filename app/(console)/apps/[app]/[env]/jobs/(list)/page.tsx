import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage } from "@/lib/console/page";
import { listJobs } from "@/lib/core/jobs/list-jobs";
import { JobListQuerySchema } from "@/lib/core/jobs/schema";
import { JobsScreen } from "./_components/jobs-screen";

export const metadata: Metadata = { title: "Jobs" };

interface JobsPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function JobsPage({ params, searchParams }: JobsPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(JobListQuerySchema, searchParams);
  const page = await readForPage(actor, () => listJobs(context, actor, query));
  return (
    <JobsScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
    />
  );
}
