import { UsersRound } from "lucide-react";
import { ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { RefreshButton } from "@/components/data-table/refresh-button";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import { OnlineText, UserStatusBadge } from "@/components/users/user-status";
import type { RunUsersQuery, UserRow } from "@/lib/core/users/list-schema";
import { KeepUserButton } from "./_components/keep-user-button";

/** Who belongs to a test run. Given: the run. */
export const runUsersList: ListDefinition<UserRow, RunUsersQuery, { readonly runId: string }> = {
  defaults: { sort: "relevance", size: 25 },
  caption: "Users of the test run",
  row: ["user", "users"],
  peek: (user) => user.userId,
  testId: "run-user-row",
  rowId: (user) => user.userId,
  columns: [
    {
      id: "user",
      header: "User",
      rowHeader: true,
      sort: "id",
      className: `${ROW_HEADER_STYLE} sm:min-w-64`,
      cell: (user) => <UserCell userId={user.userId} name={user.name} avatarUrl={user.avatarUrl} />,
    },
    { id: "status", header: "Status", className: "min-w-32", cell: (user) => <UserStatusBadge user={user} /> },
    {
      id: "online",
      header: "Online",
      className: "min-w-28",
      cell: (user) => <OnlineText connections={user.connections} />,
    },
    {
      id: "seen",
      header: "Last seen",
      sort: "-seen",
      className: "min-w-28 text-ink-muted",
      cell: (user) => (user.lastSeenAt ? <RelativeTime date={user.lastSeenAt} /> : "Never"),
    },
    {
      id: "created",
      header: "Created",
      sort: "-created",
      className: "min-w-28 text-ink-muted",
      cell: (user) => <RelativeTime date={user.createdAt} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      className: "min-w-20 pr-3",
      cell: (user, { runId }) => <KeepUserButton runId={runId} userId={user.userId} />,
    },
  ],
  empty: () => (
    <EmptyState icon={UsersRound} title="No users in this run" actions={<RefreshButton />}>
      <p>Users join it when they are registered.</p>
    </EmptyState>
  ),
};
