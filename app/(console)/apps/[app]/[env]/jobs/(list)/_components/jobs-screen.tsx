"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import type { ActionResult } from "@/lib/console/action-result";
import type { JobSummary } from "@/lib/core/jobs/facts";
import type { JobListQuery } from "@/lib/core/jobs/schema";
import type { Page } from "@/lib/core/paging/page-size";
import { jobsList } from "../jobs-list";

interface JobsScreenProps {
  query: JobListQuery;
  page: ActionResult<Page<JobSummary>>;
}

/** The jobs of an environment: filter, open. */
export function JobsScreen({ query, page, ...scope }: EnvironmentScopeProps & JobsScreenProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <Jobs query={query} page={page} />
    </EnvironmentScopeProvider>
  );
}

function Jobs({ query, page }: JobsScreenProps) {
  const { base } = useEnvironmentScope();
  return <ListScreen list={jobsList} query={query} page={page} given={{ base }} />;
}
