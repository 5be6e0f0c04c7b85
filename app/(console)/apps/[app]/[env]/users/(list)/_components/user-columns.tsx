"use client";

import { ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { formatCount } from "@/components/ui/count-text";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import { OnlineText, UserStatusBadge } from "@/components/users/user-status";
import type { UserRow } from "@/lib/core/users/list-schema";
import { UserActionsMenu } from "../../../_user-actions/user-actions-menu";

/** Sorts exist only where an index serves them: id, last seen, created. */
export const USER_COLUMNS: ReadonlyArray<Column<UserRow>> = [
  {
    id: "user",
    header: "User",
    rowHeader: true,
    sort: { ascending: "id", descending: "-id", first: "ascending" },
    className: `${ROW_HEADER_STYLE} sm:min-w-64`,
    cell: (user) => <UserCell userId={user.userId} name={user.name} avatarUrl={user.avatarUrl} />,
  },
  { id: "status", header: "Status", className: "min-w-40", cell: (user) => <UserStatusBadge user={user} /> },
  {
    id: "online",
    header: "Online",
    className: "min-w-28",
    cell: (user) => <OnlineText connections={user.connections} />,
  },
  {
    id: "friends",
    header: "Friends",
    align: "right",
    className: "min-w-20 pr-6 text-ink-muted tabular-nums",
    cell: (user) => formatCount(user.friendCount),
  },
  {
    id: "seen",
    header: "Last seen",
    sort: { ascending: "seen", descending: "-seen", first: "descending" },
    className: "min-w-28 text-ink-muted",
    cell: (user) => (user.lastSeenAt ? <RelativeTime date={user.lastSeenAt} /> : "Never"),
  },
  {
    id: "created",
    header: "Created",
    sort: { ascending: "created", descending: "-created", first: "descending" },
    className: "min-w-28 text-ink-muted",
    cell: (user) => <RelativeTime date={user.createdAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-12 pr-3",
    cell: (user) => <UserActionsMenu user={user} look="row" />,
  },
];
