"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { ActionResult } from "@/lib/console/action-result";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { type ActivityQuery, activityList } from "../activity-list";

interface UserActivityProps {
  query: ActivityQuery;
  page: ActionResult<Page<AuditRow>>;
}

/** Audit entries about one user, latest first. */
export function UserActivity({ query, page }: UserActivityProps) {
  const { base } = useEnvironmentScope();
  return <ListScreen list={activityList} query={query} page={page} given={{ base }} />;
}
