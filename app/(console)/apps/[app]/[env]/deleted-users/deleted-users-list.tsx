import { UserX } from "lucide-react";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { DeletedUserRow } from "@/lib/core/soft-delete/list-schema";
import { BulkUserActions } from "../_user-actions/bulk/bulk-user-actions";
import { DeletedBy, RestorableFrom, RestoreButton } from "./_components/deleted-cells";
import type { DeletedUsersQuery } from "./deleted-users-query";

/** Why the user cannot be restored now; null: can be. */
const notYet = ({ deletion }: DeletedUserRow) => (deletion.restorable ? null : "Soft-deleted too recently to restore.");

export const deletedUsersList: ListDefinition<DeletedUserRow, DeletedUsersQuery> = {
  defaults: { q: "", sort: "-deleted", size: 25 },
  pageHeading: { title: "Deleted users" },
  caption: "Deleted users",
  row: ["deleted user", "deleted users"],
  testId: "deleted-user-row",
  peek: (user) => user.userId,
  exported: "deleted-users",
  kept: "deleted-users",
  views: true,
  newer: { list: "deleted-users" },
  rowId: (user) => user.userId,
  search: { label: "Search deleted users", hint: "ID or start of an ID", order: "by ID" },
  columns: [
    {
      id: "user",
      header: "User",
      rowHeader: true,
      className: "sm:min-w-60",
      cell: ({ userId }) => <UserCell userId={userId} name="" avatarUrl="" className="sm:max-w-80" />,
    },
    {
      id: "deleted",
      header: "Deleted",
      sort: "-deleted",
      className: "min-w-32",
      cell: ({ deletion }) => <RelativeTime date={deletion.at} />,
    },
    { id: "by", header: "By", className: "min-w-32", cell: (user) => <DeletedBy user={user} /> },
    {
      id: "restorable",
      header: "Can be restored",
      className: "min-w-52",
      cell: ({ deletion }) => <RestorableFrom deletion={deletion} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      className: "w-28 pr-3",
      cell: (user) => <RestoreButton userId={user.userId} notYet={notYet(user)} />,
    },
  ],
  bulk: {
    unselectable: notYet,
    everything: "deleted",
    Acts: ({ ticked }) => <BulkUserActions ticked={ticked} offered={["restore"]} />,
  },
  empty: (_query, _given, primary) => (
    <EmptyState icon={UserX} title="Nobody is soft-deleted" actions={primary}>
      <p>Users appear here once your app server soft-deletes them.</p>
    </EmptyState>
  ),
};
