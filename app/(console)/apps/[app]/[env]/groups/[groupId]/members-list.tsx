import { UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { RefreshButton } from "@/components/data-table/refresh-button";
import { ROLE_FILTER, RoleBadge } from "@/components/groups/member-role";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { MemberListQuery, MemberRow } from "@/lib/core/groups/list-schema";
import { MembershipMenu } from "../../_group-actions/membership-menu";

/** Who is in a group, by when they joined. Given: the group. */
export const membersList: ListDefinition<MemberRow, MemberListQuery, { readonly groupId: string }> = {
  defaults: { role: "all", sort: "joined", size: 25 },
  caption: "Members",
  row: ["member", "members"],
  what: "the members",
  peek: (member) => member.userId,
  kept: "members",
  testId: "member-row",
  rowId: (member) => member.userId,
  filters: [ROLE_FILTER],
  columns: [
    {
      id: "user",
      header: "User",
      rowHeader: true,
      className: `${ROW_HEADER_STYLE} sm:min-w-64`,
      cell: (member) => (
        <UserCell userId={member.userId} name={member.name} avatarUrl={member.avatarUrl} tab="groups" />
      ),
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
      sort: "joined",
      className: "min-w-28 text-ink-muted",
      cell: (member) => <RelativeTime date={member.joinedAt} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      className: "w-12 pr-3",
      cell: (member, { groupId }) => <MembershipMenu membership={{ ...member, groupId }} subject={member.userId} />,
    },
  ],
  empty: () => <EmptyState icon={UsersRound} title="Nobody is in this group" actions={<RefreshButton />} />,
};
