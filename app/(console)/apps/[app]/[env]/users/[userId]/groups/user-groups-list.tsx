import { UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { GroupCell } from "@/components/groups/group-cell";
import { ROLE_FILTER, RoleBadge } from "@/components/groups/member-role";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { UserGroupRow, UserGroupsQuery } from "@/lib/core/groups/list-schema";
import { MembershipMenu } from "../../../_group-actions/membership-menu";

/** The groups that one user is in, with the nickname they show and the user's own alias for them. */
export const userGroupsList: ListDefinition<UserGroupRow, UserGroupsQuery, { readonly userId: string }> = {
  defaults: { role: "all", sort: "-joined", size: 25 },
  caption: "Groups of this user",
  row: ["group", "groups"],
  what: "the groups",
  testId: "group-row",
  rowId: (group) => group.groupId,
  filters: [ROLE_FILTER],
  columns: [
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
    {
      id: "alias",
      header: "Alias",
      className: "max-w-48 min-w-32",
      cell: (group) => <ClippedText text={group.alias} />,
    },
    {
      id: "joined",
      header: "Joined",
      sort: "-joined",
      className: "min-w-28 text-ink-muted",
      cell: (group) => <RelativeTime date={group.joinedAt} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      className: "w-12 pr-3",
      cell: (group, { userId }) => <MembershipMenu membership={{ ...group, userId }} subject={group.groupId} />,
    },
  ],
  empty: (_query, { userId }) => <EmptyState icon={UsersRound} title={`${userId} is in no group`} />,
};
