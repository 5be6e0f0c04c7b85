"use client";

import { List } from "@/components/data-table/list";
import { ListScreen } from "@/components/data-table/list-screen";
import { type EnvironmentScopeProps, EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { groupHref } from "@/components/layout/hrefs";
import { useRecentPlace } from "@/components/palette/recents";
import type { ActionResult } from "@/lib/console/action-result";
import type { Group } from "@/lib/core/groups/group";
import type { MemberListQuery, MemberRow } from "@/lib/core/groups/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { MembershipActionsProvider } from "../../../_group-actions/membership-actions-provider";
import { UserPeek } from "../../../_user-actions/peek/user-peek";
import { UserActionsProvider } from "../../../_user-actions/user-actions-provider";
import { membersList } from "../members-list";
import { AddMemberButton } from "./add-member-button";
import { GroupFacts } from "./group-facts";
import { GroupHeader } from "./group-header";

interface GroupScreenProps extends EnvironmentScopeProps {
  group: Group;
  query: MemberListQuery;
  members: ActionResult<Page<MemberRow>>;
}

/** One group's page. */
export function GroupScreen({ group, query, members, ...scope }: GroupScreenProps) {
  const { groupId } = group;
  useRecentPlace({ href: groupHref(`/apps/${scope.app}/${scope.environment}`, groupId), label: group.name || groupId });
  return (
    <EnvironmentScopeProvider {...scope}>
      <GroupHeader group={group} />
      <div className="flex flex-col gap-6 pt-6">
        <GroupFacts group={group} />
        <List>
          <UserActionsProvider>
            <MembershipActionsProvider>
              <section aria-labelledby="members-heading">
                <ListScreen
                  list={membersList}
                  query={query}
                  page={members}
                  given={{ groupId }}
                  caption={`Members of ${groupId}`}
                  actions={<AddMemberButton groupId={groupId} />}
                  heading={
                    <h2 id="members-heading" className="mr-2 font-semibold text-sm">
                      Members
                    </h2>
                  }
                >
                  <UserPeek />
                </ListScreen>
              </section>
            </MembershipActionsProvider>
          </UserActionsProvider>
        </List>
      </div>
    </EnvironmentScopeProvider>
  );
}
