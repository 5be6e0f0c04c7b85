import { TestTubes } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readListQuery } from "@/components/data-table/read-list-query";
import { LoadError } from "@/components/layout/failures";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import type { SearchParams } from "@/lib/console/page";
import { decodeSegment, pageActor, readForPage } from "@/lib/console/page";
import { RUNS_KEPT_DAYS } from "@/lib/core/test-runs/facts";
import { getTestRun } from "@/lib/core/test-runs/get-test-run";
import { RunUsersQuerySchema } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { RunScreen } from "./_components/run-screen";

interface Props {
  params: Promise<{ app: string; env: string; runId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { env, runId } = await params;
  return { title: env === "development" ? `${decodeSegment(runId)} · Test runs` : "Not found" };
}

/** One test run with its users. The page does not exist in production. */
export default async function TestRunPage({ params, searchParams }: Props) {
  const { runId: part, ...scope } = await params;
  if (scope.env !== "development") notFound();
  const { context, actor, environment, closed } = await pageActor(scope, "test_runs.read");
  const runId = decodeSegment(part);
  const base = `/apps/${environment.appId}/${environment.name}`;
  const query = await readListQuery(RunUsersQuerySchema, searchParams);
  const found = await readForPage(actor, () => getTestRun(context, actor, { runId }));
  const crumbs = [{ label: "Test runs", href: `${base}/test-runs` }, { label: runId }];
  if (!found.ok) {
    return (
      <>
        <PageHeader title="Test run" breadcrumb={<Breadcrumb crumbs={crumbs} />} />
        <LoadError what="the test run" error={found.error} />
      </>
    );
  }
  if (found.data === null) {
    return (
      <>
        <PageHeader title="Test run" breadcrumb={<Breadcrumb crumbs={crumbs} />} />
        <EmptyState
          icon={TestTubes}
          title={`No test run ${runId}`}
          actions={<LinkButton href={`${base}/test-runs`}>All test runs</LinkButton>}
        >
          <p>Test runs are kept for {RUNS_KEPT_DAYS} days after they end.</p>
        </EmptyState>
      </>
    );
  }
  const users = await readForPage(actor, () => listUsers(context, actor, { run: runId, ...query }));
  return (
    <RunScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      run={found.data}
      query={query}
      users={users}
    />
  );
}
