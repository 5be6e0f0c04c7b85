import type { ListDefinition } from "@/components/data-table/list-definition";
import { GroupCell } from "@/components/groups/group-cell";
import { formatCount } from "@/components/ui/count-text";
import { RelativeTime } from "@/components/ui/time";
import type { GroupListQuery, GroupRow } from "@/lib/core/groups/list-schema";
import { NoGroups } from "./_components/no-groups";
import { OwnerLink } from "./_components/owner-link";

export const groupsList: ListDefinition<GroupRow, GroupListQuery> = {
  defaults: { q: "", sort: "-created", size: 25 },
  pageHeading: {
    title: "Groups",
    description: "Your app server and users’ clients create groups.",
    under: "Chat",
  },
  caption: "Groups",
  row: ["group", "groups"],
  testId: "group-row",
  kept: "groups",
  views: true,
  exported: "groups",
  rowId: (group) => group.groupId,
  search: {
    label: "Search groups",
    hint: "ID or name",
    order: "by relevance: the exact ID first, then IDs that begin with it, then names",
  },
  columns: [
    {
      id: "group",
      header: "Group",
      rowHeader: true,
      sort: "id",
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
      sort: "-created",
      className: "min-w-32 pl-6 text-ink-muted",
      cell: (group) => <RelativeTime date={group.createdAt} />,
    },
  ],
  empty: () => <NoGroups />,
};
