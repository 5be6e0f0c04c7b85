import { ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { formatCount, plural } from "@/components/ui/count-text";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import { OnlineText, UserStatusBadge } from "@/components/users/user-status";
import { PLATFORMS, type Platform } from "@/lib/core/presence/schema";
import { TAG_MAX_BYTES } from "@/lib/core/tags/schema";
import { type UserListQuery, UserListQuerySchema, type UserPage, type UserRow } from "@/lib/core/users/list-schema";
import { BulkUserActions } from "../../_user-actions/bulk/bulk-user-actions";
import { UserActionsMenu } from "../../_user-actions/user-actions-menu";
import { NoUsers } from "./_components/no-users";
import { RunFilter } from "./_components/run-filter";
import { UnseenFilter } from "./_components/unseen-filter";

export const usersList: ListDefinition<UserRow, UserListQuery> = {
  schema: UserListQuerySchema,
  pageHeading: { title: "Users" },
  caption: "Users",
  row: ["user", "users"],
  testId: "user-row",
  peek: (user) => user.userId,
  exported: "users",
  kept: "users",
  views: true,
  newer: { list: "users" },
  rowId: (user) => user.userId,
  search: {
    label: "Search users",
    hint: "Name, ID, e-mail or unique ID",
    order: "by relevance: the exact ID first, then IDs that begin with it, then names",
    sortable: true,
    reads:
      "Finds names by the start of their words, in any order, ignoring case and accents. Finds IDs by their start, e-mail and unique ID only in full.",
  },
  folded: true,
  filters: [
    {
      kind: "choice",
      name: "status",
      label: "Status",
      any: "All, including soft-deleted",
      options: { active: "Active", banned: "Banned", deleted: "Soft-deleted" },
      counts: "users/counts",
    },
    {
      kind: "choice",
      name: "presence",
      label: "Online",
      any: "Online or not",
      options: { online: "Online", offline: "Offline" },
      chip: (word) => word,
    },
    {
      kind: "choice",
      name: "platform",
      label: "Online on",
      any: "Any platform",
      options: Object.fromEntries(PLATFORMS.map((platform) => [platform, platform])) as Record<Platform, string>,
      compact: true,
    },
    {
      kind: "own",
      names: ["unseen"],
      chip: ({ unseen }) => (unseen === undefined ? null : `Not seen for: ${plural(unseen, "day")}`),
      Control: UnseenFilter,
    },
    { kind: "days", from: "seenFrom", to: "seenTo", label: "Last seen" },
    { kind: "days", from: "from", to: "to", label: "Created" },
    { kind: "text", name: "tag", label: "Tag", maxLength: TAG_MAX_BYTES },
    { kind: "text", name: "group", label: "Group ID", maxLength: 64 },
    {
      kind: "own",
      names: ["run"],
      chip: ({ run }) => (run === undefined ? null : `Test run: ${run}`),
      Control: RunFilter,
    },
    {
      kind: "choice",
      name: "email",
      label: "E-mail",
      any: "With or without",
      options: { yes: "With e-mail", no: "Without e-mail" },
      chip: (word) => word,
      compact: true,
    },
    {
      kind: "choice",
      name: "uniqueId",
      label: "Unique ID",
      any: "With or without",
      options: { yes: "With unique ID", no: "Without unique ID" },
      chip: (word) => word,
      compact: true,
    },
  ],
  columns: [
    {
      id: "user",
      header: "User",
      rowHeader: true,
      sort: "id",
      className: `${ROW_HEADER_STYLE} sm:min-w-72 xl:min-w-60`,
      cell: (user) => <UserCell userId={user.userId} name={user.name} avatarUrl={user.avatarUrl} />,
    },
    { id: "status", header: "Status", className: "min-w-44", cell: (user) => <UserStatusBadge user={user} /> },
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
      className: "w-12 pr-3",
      cell: (user) => <UserActionsMenu user={user} look="row" />,
    },
  ],
  bulk: {
    unselectable: (user) => (user.status === "deleted" ? "Soft-deleted: nothing to ban or invalidate." : null),
    everything: "users",
    matching: "users/matching",
    leftOut: (count) => `${plural(count, "soft-deleted user is", "soft-deleted users are")} left out.`,
    Acts: ({ ticked }) => (
      <BulkUserActions
        ticked={ticked}
        offered={["ban", "unban", "invalidate_tokens", "add_tag", "remove_tag", "copy_data", "delete_test_users"]}
      />
    ),
  },
  empty: (_query, _given, primary) => <NoUsers action={primary} />,
};

const ORDER_WORDS: Record<Exclude<UserPage["order"], "relevance">, string> = {
  "-created": "newest first",
  created: "oldest first",
  "-seen": "last seen first",
  seen: "longest unseen first",
  id: "in ID order",
  "-id": "in reverse ID order",
};

/** While users from before the index of names are put into it. */
export function indexingNote({ indexing }: UserPage): string | null {
  if (indexing === null) return null;
  const { done, total } = indexing;
  const share = total === null ? "" : ` ${Math.min(99, Math.floor((done / Math.max(total, 1)) * 100))}% is done.`;
  return `The search index is still being built, so a name may not find everybody yet.${share} IDs do.`;
}

/** What the list shows while nothing narrows it, or why it is not in the order that was asked for. */
export function usersNote(page: UserPage, narrowed: boolean): string | null {
  if (page.order === "relevance") {
    return page.sortUnavailable ? "Too many users match to sort by that column. Add a word or a filter." : null;
  }
  if (page.sortUnavailable) {
    return `Too many users match to sort that way. Shown ${ORDER_WORDS[page.order]}.`;
  }
  if (narrowed || page.rows.length === 0) return null;
  return `All users, including banned and soft-deleted ones, ${ORDER_WORDS[page.order]}.`;
}
