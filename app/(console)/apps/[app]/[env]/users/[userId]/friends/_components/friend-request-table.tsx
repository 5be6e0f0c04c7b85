"use client";

import { Inbox } from "lucide-react";
import { ClippedText } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { ActionResult } from "@/lib/console/action-result";
import type { FriendRequestRow, UserFriendsQuery } from "@/lib/core/friends/list-schema";
import type { Page } from "@/lib/core/paging/page-size";

const columns = (sent: boolean): ReadonlyArray<Column<FriendRequestRow>> => [
  {
    id: "user",
    header: sent ? "To" : "From",
    rowHeader: true,
    className: "sm:min-w-64",
    cell: (request) => (
      <UserCell userId={request.userId} name={request.name} avatarUrl={request.avatarUrl} tab="friends" />
    ),
  },
  {
    id: "text",
    header: "Text",
    className: "max-w-96 min-w-40",
    cell: (request) => <ClippedText text={request.extra} />,
  },
  {
    id: "sent",
    header: "Sent",
    sort: { ascending: "added", descending: "-added", first: "descending" },
    className: "min-w-32 text-ink-muted",
    cell: (request) => <RelativeTime date={request.requestedAt} />,
  },
  {
    id: "expires",
    header: "Expires",
    className: "min-w-32 text-ink-muted",
    cell: (request) => <RelativeTime date={request.expiresAt} />,
  },
];

interface FriendRequestTableProps {
  userId: string;
  query: UserFriendsQuery;
  page: ActionResult<Page<FriendRequestRow>>;
}

/** Open requests. They are answered by the users' clients. */
export function FriendRequestTable({ userId, query, page }: FriendRequestTableProps) {
  const { refresh } = useList();
  const rows = page.ok ? page.data.rows : [];
  const sent = query.view === "sent";
  return (
    <DataTable
      caption={sent ? "Open requests sent" : "Open requests received"}
      columns={columns(sent)}
      rows={rows}
      rowId={(request) => request.userId}
      testIdPrefix="request-row"
      state={!page.ok ? "error" : rows.length > 0 ? "ready" : "empty"}
      sort={query.sort}
      footer={
        page.ok && rows.length > 0 ? (
          <Pager previous={page.data.previous} next={page.data.next} size={query.size}>
            {plural(rows.length, "request")} on this page
          </Pager>
        ) : null
      }
    >
      {!page.ok ? (
        <ErrorState
          title="Could not load the friend requests"
          cause={page.error.message}
          code={page.error.code}
          requestId={page.error.requestId}
          onRetry={refresh}
        />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={Inbox}
          title={sent ? `No request of ${userId} waits for an answer` : `No request to ${userId} waits for an answer`}
        >
          <p>Requests are answered by users' clients, and expire after seven days.</p>
        </EmptyState>
      ) : null}
    </DataTable>
  );
}
