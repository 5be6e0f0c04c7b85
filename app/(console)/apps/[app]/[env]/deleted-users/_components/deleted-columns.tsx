"use client";

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import type { Column } from "@/components/data-table/column";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { auditEntryHref } from "@/components/layout/hrefs";
import { Button } from "@/components/ui/button";
import { RelativeTime, Until } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { DeletedUserRow, SoftDeletion } from "@/lib/core/soft-delete/list-schema";
import { useUserActions } from "../../_user-actions/user-actions";

export const TOO_EARLY = "Soft-deleted too recently to be restored.";

export const DELETED_USER_COLUMNS: ReadonlyArray<Column<DeletedUserRow>> = [
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
    sort: { ascending: "deleted", descending: "-deleted", first: "descending" },
    className: "min-w-32",
    cell: ({ deletion }) => <RelativeTime date={deletion.at} />,
  },
  { id: "by", header: "By", className: "min-w-32", cell: (user) => <DeletedBy user={user} /> },
  {
    id: "restorable",
    header: "Restore possible",
    className: "min-w-52",
    cell: ({ deletion }) => <RestorableFrom deletion={deletion} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-28 pr-3",
    cell: (user) => <RestoreButton user={user} />,
  },
];

/** Who deleted the user, as a link to the entry that tells of it. */
function DeletedBy({ user: { userId, deletion } }: { user: DeletedUserRow }) {
  const { base } = useEnvironmentScope();
  const { by, auditEntryId } = deletion;
  if (by === null || auditEntryId === null) return <span className="text-ink-faint">Not recorded</span>;
  return (
    <Link
      href={auditEntryHref(base, userId, auditEntryId)}
      prefetch={false}
      aria-label={`${by.name}: audit entry of the deletion of ${userId}`}
      className="rounded-sm hover:underline"
    >
      {by.name}
    </Link>
  );
}

/** "Now", or from when on: how long that is, and the moment. */
function RestorableFrom({ deletion }: { deletion: SoftDeletion }) {
  if (deletion.restorable) return "Now";
  return (
    <span className="text-ink-muted">
      <RelativeTime date={deletion.restorableFrom} /> (<Until date={deletion.restorableFrom} exact />)
    </span>
  );
}

function RestoreButton({ user: { userId, deletion } }: { user: DeletedUserRow }) {
  const actions = useUserActions();
  const { whyNot } = useEnvironmentScope();
  const why = whyNot("users.restore") ?? (deletion.restorable ? null : TOO_EARLY);
  return (
    <Button
      size="sm"
      icon={RotateCcw}
      aria-label={`Restore ${userId}`}
      disabled={why !== null || actions.pending}
      title={why ?? undefined}
      className="focus-inset"
      onClick={(event) => actions.restore([{ userId, status: "deleted" }], event.currentTarget)}
    >
      Restore
    </Button>
  );
}
