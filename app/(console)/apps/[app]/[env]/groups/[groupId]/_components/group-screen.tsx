"use client";

import { List } from "@/components/data-table/list";
import { type EnvironmentScopeProps, EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import type { ActionResult } from "@/lib/console/action-result";
import type { Group } from "@/lib/core/groups/group";
import type { MemberListQuery, MemberRow } from "@/lib/core/groups/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { MembershipActionsProvider } from "../../../_group-actions/membership-actions-provider";
import { GroupFacts } from "./group-facts";
import { GroupHeader } from "./group-header";
import { GroupMembers } from "./group-members";

export interface GroupScreenProps extends EnvironmentScopeProps {
  group: Group;
  query: MemberListQuery;
  members: ActionResult<Page<MemberRow>>;
}

/** One group's page. */
export function GroupScreen({ app, environment, role, closed, group, query, members }: GroupScreenProps) {
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <GroupHeader group={group} />
      <div className="flex flex-col gap-6 pt-6">
        <GroupFacts group={group} />
        <List>
          <MembershipActionsProvider>
            <GroupMembers group={group} query={query} page={members} />
          </MembershipActionsProvider>
        </List>
      </div>
    </EnvironmentScopeProvider>
  );
}
