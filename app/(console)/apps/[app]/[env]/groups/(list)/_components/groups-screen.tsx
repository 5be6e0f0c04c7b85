"use client";

import { RotateCw } from "lucide-react";
import { useId } from "react";
import type { Column, ListState } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { SearchField } from "@/components/data-table/search-field";
import { GroupCell } from "@/components/groups/group-cell";
import { type EnvironmentScopeProps, EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { formatCount, plural } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { GroupListQuery, GroupPage, GroupRow } from "@/lib/core/groups/list-schema";
import { NoGroupMatches, NoGroups } from "./groups-state";
import { OwnerLink } from "./owner-link";

/** Sorts exist only where an index serves them: id and created. */
const COLUMNS: ReadonlyArray<Column<GroupRow>> = [
  {
    id: "group",
    header: "Group",
    rowHeader: true,
    sort: { ascending: "id", descending: "-id", first: "ascending" },
    className: "sm:min-w-72",
    cell: (group) => <GroupCell groupId={group.groupId} name={group.name} />,
  },
  {
    id: "owner",
    header: "Owner",
    className: "min-w-44",
    cell: (group) => <OwnerLink userId={group.ownerId} name={group.ownerName} avatarUrl={group.ownerAvatarUrl} />,
  },
  {
    id: "members",
    header: "Members",
    align: "right",
    className: "min-w-24 tabular-nums",
    cell: (group) => formatCount(group.memberCount),
  },
  {
    id: "created",
    header: "Created",
    sort: { ascending: "created", descending: "-created", first: "descending" },
    className: "min-w-32 pl-6 text-ink-muted",
    cell: (group) => <RelativeTime date={group.createdAt} />,
  },
];

export interface GroupsScreenProps extends EnvironmentScopeProps {
  query: GroupListQuery;
  page: ActionResult<GroupPage>;
}

/** The groups of an environment: search, sort, open. */
export function GroupsScreen({ app, environment, role, closed, ...screen }: GroupsScreenProps) {
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <List>
        <Groups {...screen} />
      </List>
    </EnvironmentScopeProvider>
  );
}

function Groups({ query, page: result }: Omit<GroupsScreenProps, keyof EnvironmentScopeProps>) {
  const { refresh, pending } = useList();
  const sortNote = useId();
  const rows = result.ok ? result.data.rows : [];
  const ranked = result.ok && result.data.order === "relevance";
  const state: ListState = !result.ok
    ? "error"
    : rows.length > 0
      ? "ready"
      : query.q || query.cursor
        ? "no-match"
        : "empty";
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Groups" }]} />}
        title="Groups"
        description="Groups are created through the Server API and by users' clients."
        actions={
          <Button icon={RotateCw} onClick={refresh} pending={pending}>
            Refresh
          </Button>
        }
      />
      <div className="mb-3 flex flex-col gap-2.5">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search groups" hint="ID, ID prefix or start of the name" value={query.q} />
          <p role="status" className="ml-auto text-13 text-ink-muted tabular-nums">
            {result.ok ? `${plural(rows.length, "group")} on this page` : ""}
          </p>
        </div>
        {ranked ? (
          <p id={sortNote} className="text-ink-muted text-xs">
            While searching, the order is by relevance: the exact ID first, then IDs that begin with it, then names.
            Sorting is off.
          </p>
        ) : null}
      </div>
      <DataTable
        caption="Groups"
        columns={COLUMNS}
        rows={rows}
        rowId={(group) => group.groupId}
        testIdPrefix="group-row"
        state={state}
        sort={ranked ? null : query.sort}
        sortOffReason={ranked ? sortNote : undefined}
        footer={
          result.ok && rows.length > 0 ? (
            <Pager previous={result.data.previous} next={result.data.next} size={query.size} />
          ) : null
        }
      >
        {!result.ok ? (
          <ErrorState
            title="Could not load groups"
            cause={result.error.message}
            code={result.error.code}
            requestId={result.error.requestId}
            onRetry={refresh}
          />
        ) : state === "empty" ? (
          <NoGroups />
        ) : state === "no-match" ? (
          <NoGroupMatches q={query.q} />
        ) : null}
      </DataTable>
    </>
  );
}
