"use client";

import { UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { Column, ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { RoleBadge, RoleFilter } from "@/components/groups/member-role";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { ActionResult } from "@/lib/console/action-result";
import type { Group } from "@/lib/core/groups/group";
import type { MemberListQuery, MemberRow } from "@/lib/core/groups/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { MembershipMenu } from "../../../_group-actions/membership-menu";

const columnsOf = (groupId: string): ReadonlyArray<Column<MemberRow>> => [
  {
    id: "user",
    header: "User",
    rowHeader: true,
    className: `${ROW_HEADER_STYLE} sm:min-w-64`,
    cell: (member) => <UserCell userId={member.userId} name={member.name} avatarUrl={member.avatarUrl} tab="groups" />,
  },
  { id: "role", header: "Role", className: "min-w-24", cell: (member) => <RoleBadge role={member.role} /> },
  {
    id: "nickname",
    header: "Nickname",
    className: "max-w-48 min-w-32",
    cell: (member) => <ClippedText text={member.nickname} />,
  },
  {
    id: "extra",
    header: "Extra",
    className: "max-w-48 min-w-28",
    cell: (member) => <ClippedText text={member.extra} />,
  },
  {
    id: "joined",
    header: "Joined",
    sort: { ascending: "joined", descending: "-joined", first: "ascending" },
    className: "min-w-28 text-ink-muted",
    cell: (member) => <RelativeTime date={member.joinedAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-12 pr-3",
    cell: (member) => <MembershipMenu membership={{ ...member, groupId }} subject={member.userId} />,
  },
];

interface GroupMembersProps {
  group: Group;
  query: MemberListQuery;
  page: ActionResult<Page<MemberRow>>;
}

/** Who is in the group, by when they joined. */
export function GroupMembers({ group, query, page }: GroupMembersProps) {
  const { refresh, go } = useList();
  const rows = page.ok ? page.data.rows : [];
  const narrowed = query.role !== "all";
  const state: ListState = !page.ok ? "error" : rows.length > 0 ? "ready" : narrowed ? "no-match" : "empty";
  return (
    <section aria-labelledby="members-heading" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="members-heading" className="font-semibold text-sm">
          Members
        </h2>
        <div className="flex items-center gap-3">
          <p role="status" className="text-13 text-ink-muted tabular-nums">
            {page.ok ? `${plural(rows.length, "member")} on this page` : ""}
          </p>
          <RoleFilter value={query.role} />
        </div>
      </div>
      <DataTable
        caption={`Members of ${group.groupId}`}
        columns={columnsOf(group.groupId)}
        rows={rows}
        rowId={(member) => member.userId}
        testIdPrefix="member-row"
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
            title="Could not load the members"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : state === "no-match" ? (
          <NoMatchState title="Nobody has this role in the group" onClearFilters={() => go({ role: null })} />
        ) : state === "empty" ? (
          <EmptyState
            icon={UsersRound}
            title="Nobody is in this group any more"
            actions={<Button onClick={refresh}>Refresh</Button>}
          />
        ) : null}
      </DataTable>
    </section>
  );
}
