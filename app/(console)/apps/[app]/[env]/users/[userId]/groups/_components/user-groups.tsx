"use client";

import { UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { Column, ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { GroupCell } from "@/components/groups/group-cell";
import { RoleBadge, RoleFilter } from "@/components/groups/member-role";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { UserGroupRow, UserGroupsQuery } from "@/lib/core/groups/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { MembershipActionsProvider } from "../../../../_group-actions/membership-actions-provider";
import { MembershipMenu } from "../../../../_group-actions/membership-menu";

const columnsOf = (userId: string): ReadonlyArray<Column<UserGroupRow>> => [
  {
    id: "group",
    header: "Group",
    rowHeader: true,
    className: `${ROW_HEADER_STYLE} sm:min-w-64`,
    cell: (group) => <GroupCell groupId={group.groupId} name={group.name} />,
  },
  { id: "role", header: "Role", className: "min-w-24", cell: (group) => <RoleBadge role={group.role} /> },
  {
    id: "nickname",
    header: "Nickname",
    className: "max-w-48 min-w-32",
    cell: (group) => <ClippedText text={group.nickname} />,
  },
  { id: "alias", header: "Alias", className: "max-w-48 min-w-32", cell: (group) => <ClippedText text={group.alias} /> },
  {
    id: "joined",
    header: "Joined",
    sort: { ascending: "joined", descending: "-joined", first: "descending" },
    className: "min-w-28 text-ink-muted",
    cell: (group) => <RelativeTime date={group.joinedAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-12 pr-3",
    cell: (group) => <MembershipMenu membership={{ ...group, userId }} subject={group.groupId} />,
  },
];

interface UserGroupsProps {
  userId: string;
  query: UserGroupsQuery;
  page: ActionResult<Page<UserGroupRow>>;
}

/** The groups that one user is in, with the nickname they show and the user's own alias for them. */
export function UserGroups(props: UserGroupsProps) {
  return (
    <List>
      <MembershipActionsProvider>
        <Memberships {...props} />
      </MembershipActionsProvider>
    </List>
  );
}

function Memberships({ userId, query, page }: UserGroupsProps) {
  const { refresh, go } = useList();
  const rows = page.ok ? page.data.rows : [];
  const narrowed = query.role !== "all";
  const state: ListState = !page.ok ? "error" : rows.length > 0 ? "ready" : narrowed ? "no-match" : "empty";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RoleFilter value={query.role} />
        <p role="status" className="text-13 text-ink-muted tabular-nums">
          {page.ok ? `${plural(rows.length, "group")} on this page` : ""}
        </p>
      </div>
      <DataTable
        caption="Groups of this user"
        columns={columnsOf(userId)}
        rows={rows}
        rowId={(group) => group.groupId}
        testIdPrefix="group-row"
        state={state}
        sort={query.sort}
        footer={
          page.ok && rows.length > 0 ? (
            <Pager previous={page.data.previous} next={page.data.next} size={query.size} />
          ) : null
        }
      >
        {!page.ok ? (
          <ErrorState
            title="Could not load the groups"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : state === "no-match" ? (
          <NoMatchState title={`${userId} has this role in no group`} onClearFilters={() => go({ role: null })} />
        ) : state === "empty" ? (
          <EmptyState icon={UsersRound} title={`${userId} is in no group`} />
        ) : null}
      </DataTable>
    </div>
  );
}
