"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { type EnvironmentScopeProps, EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import type { ActionResult } from "@/lib/console/action-result";
import type { GroupListQuery, GroupPage } from "@/lib/core/groups/list-schema";
import { groupsList } from "../groups-list";

interface GroupsScreenProps extends EnvironmentScopeProps {
  query: GroupListQuery;
  page: ActionResult<GroupPage>;
}

/** The groups of an environment: search, sort, open. */
export function GroupsScreen({ query, page, ...scope }: GroupsScreenProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <ListScreen list={groupsList} query={query} page={page} />
    </EnvironmentScopeProvider>
  );
}
