"use client";

import { List } from "@/components/data-table/list";
import { ListScreen } from "@/components/data-table/list-screen";
import type { ActionResult } from "@/lib/console/action-result";
import type { UserGroupRow, UserGroupsQuery } from "@/lib/core/groups/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { MembershipActionsProvider } from "../../../../_group-actions/membership-actions-provider";
import { userGroupsList } from "../user-groups-list";

interface UserGroupsProps {
  userId: string;
  query: UserGroupsQuery;
  page: ActionResult<Page<UserGroupRow>>;
}

/** The groups of one user. */
export function UserGroups({ userId, query, page }: UserGroupsProps) {
  return (
    <List>
      <MembershipActionsProvider>
        <ListScreen list={userGroupsList} query={query} page={page} given={{ userId }} />
      </MembershipActionsProvider>
    </List>
  );
}
