"use client";

import { UserMinus, UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { ActionResult } from "@/lib/console/action-result";
import type { FriendRow, UserFriendsQuery } from "@/lib/core/friends/list-schema";
import type { Page } from "@/lib/core/paging/page-size";

const attributesText = (attributes: FriendRow["attributes"]) =>
  Object.entries(attributes)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");

type Remove = (friendId: string, opener: HTMLElement) => void;

const columns = (userId: string, onRemove: Remove, locked: string | null): ReadonlyArray<Column<FriendRow>> => [
  {
    id: "friend",
    header: "Friend",
    rowHeader: true,
    className: `${ROW_HEADER_STYLE} sm:min-w-64`,
    cell: (friend) => (
      <span className="flex min-w-0 items-center gap-2">
        <UserCell userId={friend.userId} name={friend.name} avatarUrl={friend.avatarUrl} tab="friends" />
        {friend.blocked ? (
          <Badge>
            <span title={`${userId} has blocked ${friend.userId}; they stay friends.`}>Blocked</span>
          </Badge>
        ) : null}
      </span>
    ),
  },
  {
    id: "alias",
    header: "Alias",
    className: "max-w-36 min-w-24",
    cell: (friend) => <ClippedText text={friend.alias} />,
  },
  {
    id: "attributes",
    header: "Attributes",
    className: "max-w-52 min-w-32",
    cell: (friend) => <ClippedText text={attributesText(friend.attributes)} />,
  },
  {
    id: "since",
    header: "Since",
    sort: { ascending: "added", descending: "-added", first: "descending" },
    className: "min-w-28 text-ink-muted",
    cell: (friend) => <RelativeTime date={friend.addedAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-12 pr-3",
    cell: (friend) => (
      <IconButton
        icon={UserMinus}
        label={`Remove friend ${friend.userId}…`}
        size="sm"
        className="focus-inset"
        disabled={locked !== null}
        title={locked ?? undefined}
        onClick={(event) => onRemove(friend.userId, event.currentTarget)}
      />
    ),
  },
];

interface FriendTableProps {
  userId: string;
  query: UserFriendsQuery;
  page: ActionResult<Page<FriendRow>>;
  /** Why nothing can be changed. */
  locked: string | null;
  onRemove: Remove;
}

/** Alias and attributes are what this user keeps of each friend. */
export function FriendTable({ userId, query, page, locked, onRemove }: FriendTableProps) {
  const { refresh } = useList();
  const rows = page.ok ? page.data.rows : [];
  return (
    <DataTable
      caption="Friends of this user"
      columns={columns(userId, onRemove, locked)}
      rows={rows}
      rowId={(friend) => friend.userId}
      testIdPrefix="friend-row"
      state={!page.ok ? "error" : rows.length > 0 ? "ready" : "empty"}
      sort={query.sort}
      footer={
        page.ok && rows.length > 0 ? (
          <Pager previous={page.data.previous} next={page.data.next} size={query.size}>
            {plural(rows.length, "friend")} on this page
          </Pager>
        ) : null
      }
    >
      {!page.ok ? (
        <ErrorState
          title="Could not load the friends"
          cause={page.error.message}
          code={page.error.code}
          requestId={page.error.requestId}
          onRetry={refresh}
        />
      ) : rows.length === 0 ? (
        <EmptyState icon={UsersRound} title={`${userId} has no friends`}>
          <p>Friends are made by requests between clients, by your app server, or here.</p>
        </EmptyState>
      ) : null}
    </DataTable>
  );
}
