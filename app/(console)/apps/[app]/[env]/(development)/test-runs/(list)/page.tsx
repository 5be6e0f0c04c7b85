import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage } from "@/lib/console/page";
import { listTestRuns } from "@/lib/core/test-runs/list-test-runs";
import { TestRunListQuerySchema } from "@/lib/core/test-runs/schema";
import { TestRunsScreen } from "./_components/test-runs-screen";

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).env === "development" ? "Test runs" : "Not found" };
}

/** The test runs of Development. The page does not exist in production. */
export default async function TestRunsPage({ params, searchParams }: Props) {
  const scope = await params;
  if (scope.env !== "development") notFound();
  const { context, actor, environment, closed } = await pageActor(scope, "test_runs.read");
  const query = await readListQuery(TestRunListQuerySchema, searchParams);
  const page = await readForPage(actor, () => listTestRuns(context, actor, query));
  return (
    <TestRunsScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
    />
  );
}
